package holdfast.reports;

import static java.util.stream.Collectors.joining;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Writes figures as RFC 4180 has it: a header, then a line for each row. */
final class FiguresAsCsv extends AbstractHttpMessageConverter<Figures> {

    private static final String LINE_END = "\r\n";

    FiguresAsCsv() {
        super(StandardCharsets.UTF_8, new MediaType("text", "csv"));
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == Figures.class;
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected Figures readInternal(Class<? extends Figures> type, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("Figures are not read", message);
    }

    @Override
    protected void writeInternal(Figures figures, HttpOutputMessage message) throws IOException {
        message.getBody().write(text(figures).getBytes(StandardCharsets.UTF_8));
    }

    static String text(Figures figures) {
        var names =
                Report.find(figures.report()).orElseThrow().figures().stream()
                        .map(Report.Figure::name)
                        .toList();
        var header = Stream.concat(Stream.of(figures.groupBy()), names.stream());
        var rows =
                figures.rows().stream()
                        .map(
                                row ->
                                        Stream.concat(
                                                Stream.of(field(row.key())),
                                                names.stream()
                                                        .map(
                                                                name ->
                                                                        number(
                                                                                row.figures()
                                                                                        .get(
                                                                                                name)))));
        return Stream.concat(Stream.of(header), rows)
                .map(line -> line.collect(joining(",")) + LINE_END)
                .collect(joining());
    }

    private static String number(@Nullable BigDecimal number) {
        return number == null ? "" : number.toPlainString();
    }

    /** A text that a spreadsheet takes neither apart nor for a formula. */
    private static String field(String text) {
        var harmless = text.matches("[=+\\-@\t\r].*") ? "'" + text : text;
        return harmless.matches("(?s).*[\",\r\n].*")
                ? "\"" + harmless.replace("\"", "\"\"") + "\""
                : harmless;
    }
}
