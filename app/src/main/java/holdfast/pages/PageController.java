package holdfast.pages;

import holdfast.catalogue.LanguageTag;
import holdfast.http.Languages;
import holdfast.http.ShowsProblems;
import holdfast.http.Telling;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.ModelAndView;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What all controllers of pages have in common: how they show a page, and a problem. */
abstract class PageController implements ShowsProblems {

    private static final List<LanguageTag> SPOKEN =
            Stream.of("en_GB", "en_US", "fr", "nl", "de", "it", "es").map(LanguageTag::of).toList();

    private static final Page NOBODYS = new Page("Holdfast", null, null, null, "", List.of());

    /** A page in the visitor's frame. */
    static ModelAndView page(String view, Visitor visitor, Map<String, ?> shown) {
        return new ModelAndView(view, shown).addObject("page", visitor.page());
    }

    static ModelAndView page(String view, int status, Visitor visitor, Map<String, ?> shown) {
        var page = page(view, visitor, shown);
        page.setStatus(HttpStatusCode.valueOf(status));
        return page;
    }

    /** Sends the browser on, so that reloading the next page repeats nothing. */
    static ModelAndView goTo(String address) {
        var redirect = new ModelAndView("redirect:" + address);
        redirect.setStatus(HttpStatusCode.valueOf(303));
        return redirect;
    }

    @Override
    public ModelAndView show(
            ProblemDetail problem, HttpServletRequest request, HttpServletResponse response) {
        var visitor =
                request.getAttribute(Visitor.class.getName()) instanceof Visitor known
                        ? known
                        : null;
        var telling = visitor == null ? stranger(request) : visitor.telling();
        PageLocale.set(request, telling.language().locale());
        var view = new ModelAndView("problem");
        view.setStatus(HttpStatusCode.valueOf(problem.getStatus()));
        view.addObject("problem", ToldProblem.of(problem, telling));
        return view.addObject("page", visitor == null ? NOBODYS : visitor.page());
    }

    /** On nobody's page, everything is in the reader's language. */
    private static Telling stranger(HttpServletRequest request) {
        var accepted = Collections.list(request.getHeaders(HttpHeaders.ACCEPT_LANGUAGE));
        var usual = SPOKEN.getFirst();
        return new Telling(Languages.best(accepted, SPOKEN, usual), usual);
    }
}
