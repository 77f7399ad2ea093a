package holdfast.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.catalogue.InformationQuestion;
import holdfast.catalogue.Service;
import holdfast.reservation.CustomerDetails;
import holdfast.reservation.CustomerDetails.InformationAnswer;
import holdfast.reservation.CustomerDetails.ScreeningAnswer;
import holdfast.scheduling.ServiceCount;
import holdfast.security.RequestDigest;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Who comes, as far as it is filled in: every field with what was typed and with what is wrong with
 * it.
 */
record Details(
        Field firstName,
        Field lastName,
        Field email,
        Field phone,
        Field dateOfBirth,
        List<Answer> answers,
        boolean asksDateOfBirth) {

    private static final int LONGEST = 255;
    private static final int LONGEST_ANSWER = 2048;

    /** Something, an at sign, and a name with a dot; what is wrong beyond that, the mail tells. */
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s.]+(\\.[^@\\s.]+)+");

    /**
     * @param label the question; null for fields whose label is a text of the pages
     * @param wrong the key of a text; null if nothing is
     */
    record Field(String name, @Nullable String label, String value, @Nullable String wrong) {

        Field with(@Nullable String fault) {
            return new Field(name, label, value, fault);
        }
    }

    record Answer(Field field, InformationQuestion question, @Nullable String hint) {}

    /** An empty form. */
    static Details empty(Visitor visitor, List<ServiceCount> services) {
        return of(visitor, services, null);
    }

    /** What was filled in. */
    static Details sent(Visitor visitor, List<ServiceCount> services, HttpServletRequest request) {
        return of(visitor, services, request);
    }

    private static Details of(
            Visitor visitor, List<ServiceCount> services, @Nullable HttpServletRequest request) {
        var asksDateOfBirth = visitor.catalogue().tenant().settings().asksDateOfBirth();
        return new Details(
                field(request, "firstName", null, true, LONGEST),
                field(request, "lastName", null, true, LONGEST),
                email(field(request, "email", null, true, LONGEST)),
                field(request, "phone", null, false, LONGEST),
                date(field(request, "dateOfBirth", null, asksDateOfBirth, LONGEST)),
                answers(visitor, services, request),
                asksDateOfBirth);
    }

    private static Field field(
            @Nullable HttpServletRequest request,
            String name,
            @Nullable String label,
            boolean required,
            int longest) {
        var sent = request == null ? null : request.getParameter(name);
        var value = sent == null ? "" : sent.strip().replace("\0", "");
        var field = new Field(name, label, value, null);
        if (request == null) {
            return field;
        }
        if (required && value.isEmpty()) {
            return field.with("details.missing");
        }
        return value.length() > longest ? field.with("details.too-long") : field;
    }

    private static Field email(Field field) {
        return field.value().isEmpty()
                        || field.wrong() != null
                        || EMAIL.matcher(field.value()).matches()
                ? field
                : field.with("details.no-email");
    }

    private static Field date(Field field) {
        if (field.value().isEmpty() || field.wrong() != null) {
            return field;
        }
        try {
            LocalDate.parse(field.value());
            return field;
        } catch (DateTimeException noDate) {
            return field.with("details.no-date");
        }
    }

    private static List<Answer> answers(
            Visitor visitor, List<ServiceCount> services, @Nullable HttpServletRequest request) {
        var questions =
                services.stream()
                        .flatMap(each -> visitor.catalogue().service(each.service()).stream())
                        .map(Service::informationQuestions)
                        .flatMap(List::stream)
                        .distinct()
                        .toList();
        var answers = new ArrayList<Answer>();
        for (var question : questions) {
            answers.add(
                    new Answer(
                            field(
                                    request,
                                    "answer" + answers.size(),
                                    visitor.text(question.questionText()),
                                    question.required(),
                                    LONGEST_ANSWER),
                            question,
                            visitor.textOrNull(question.clarificationText())));
        }
        return answers;
    }

    /** The same with nothing found wrong: it is not finished yet. */
    Details asTyped() {
        return new Details(
                typed(firstName),
                typed(lastName),
                typed(email),
                typed(phone),
                typed(dateOfBirth),
                answers.stream()
                        .map(a -> new Answer(typed(a.field()), a.question(), a.hint()))
                        .toList(),
                asksDateOfBirth);
    }

    private static Field typed(Field field) {
        return field.with(null);
    }

    /** All fields in the order of the form. */
    private List<Field> fields() {
        var fields = new ArrayList<>(List.of(firstName, lastName, email, phone));
        if (asksDateOfBirth) {
            fields.add(dateOfBirth);
        }
        answers.forEach(answer -> fields.add(answer.field()));
        return fields;
    }

    /** Those in which something is wrong, in the order of the form. */
    public List<Field> faulty() {
        return fields().stream().filter(field -> field.wrong() != null).toList();
    }

    /**
     * @param screening the answers that were given before
     */
    CustomerDetails asCustomer(
            Visitor visitor, List<ScreeningAnswer> screening, RequestDigest digest) {
        return new CustomerDetails(
                identifier(visitor, digest),
                firstName.value(),
                lastName.value(),
                email.value(),
                phone.value().isEmpty() ? null : phone.value(),
                dateOfBirth.value().isEmpty() ? null : LocalDate.parse(dateOfBirth.value()),
                answers.stream()
                        .filter(answer -> !answer.field().value().isEmpty())
                        .map(
                                answer ->
                                        new InformationAnswer(
                                                answer.question().id(),
                                                answer.field().label(),
                                                answer.field().value()))
                        .toList(),
                screening);
    }

    /**
     * Visitors have no number at the tenant, so they are known by a keyed digest of their mail
     * address: the same address is the same customer.
     */
    private String identifier(Visitor visitor, RequestDigest digest) {
        var mail = email.value().toLowerCase(Locale.ROOT);
        return HexFormat.of()
                .formatHex(
                        digest.of(
                                "customer-by-mail".getBytes(UTF_8),
                                visitor.tenant().text().getBytes(UTF_8),
                                mail.getBytes(UTF_8)),
                        0,
                        20);
    }

    /** Gives nothing away. */
    @Override
    public String toString() {
        return "Details[sealed]";
    }
}
