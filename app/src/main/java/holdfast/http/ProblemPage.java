package holdfast.http;

import io.swagger.v3.oas.annotations.Hidden;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The pages that problems name as their type, made of {@code docs/problems.md}. */
@RestController
@Hidden
class ProblemPage {

    private static final MediaType HTML =
            new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    @GetMapping("/problems")
    ResponseEntity<String> list() {
        return page(
                "Problems",
                ProblemType.all().stream()
                        .map(
                                type ->
                                        "<li><a href=\"%s\">%s</a> · %d · %s</li>"
                                                .formatted(
                                                        type.uri(),
                                                        type.name(),
                                                        type.status(),
                                                        HtmlUtils.htmlEscape(type.title())))
                        .collect(Collectors.joining("\n", "<ul>\n", "\n</ul>")));
    }

    @GetMapping("/problems/{name}")
    ResponseEntity<String> show(@PathVariable String name) {
        var type =
                ProblemType.find(name)
                        .orElseThrow(() -> new RequestRefused(ProblemAnswers.ofStatus(404)));
        return page(
                type.title(),
                "<p><code>%s</code> · status %d</p>\n%s"
                        .formatted(type.uri(), type.status(), paragraphs(type.text())));
    }

    // The document uses paragraphs and code spans, and no more of Markdown.
    private static String paragraphs(String markdown) {
        return HtmlUtils.htmlEscape(markdown, "UTF-8")
                .lines()
                .collect(Collectors.joining("\n", "<p>", "</p>"))
                .replace("\n\n", "</p>\n<p>")
                .replaceAll("`([^`]+)`", "<code>$1</code>");
    }

    private static ResponseEntity<String> page(String title, String content) {
        return ResponseEntity.ok()
                .contentType(HTML)
                .body(
                        """
                        <!DOCTYPE html>
                        <html lang="en">
                        <head><meta charset="utf-8"><title>%1$s</title>
                        <meta name="viewport" content="width=device-width, initial-scale=1">
                        <style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem }</style>
                        </head>
                        <body>
                        <h1>%1$s</h1>
                        %2$s
                        </body>
                        </html>
                        """
                                .formatted(HtmlUtils.htmlEscape(title), content));
    }
}
