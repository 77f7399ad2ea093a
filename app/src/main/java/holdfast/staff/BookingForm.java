package holdfast.staff;

import holdfast.catalogue.Branch;
import holdfast.catalogue.InformationQuestion;
import holdfast.catalogue.ServiceId;
import holdfast.reservation.CustomerDetails;
import holdfast.reservation.CustomerDetails.InformationAnswer;
import holdfast.reservation.ReservationCommand.Book;
import holdfast.reservation.ReservationCommand.Reserve;
import holdfast.scheduling.FreeSlot;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.VisitWish;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What the desk fills in to book for somebody; it is shown again as it was typed.
 *
 * @param id of the reservation it leads to, the same however often the form is sent
 * @param service null until one is chosen
 * @param start the start of the chosen slot; null until one is chosen
 */
record BookingForm(
        ReservationId id,
        Branch branch,
        LocalDate date,
        @Nullable ServiceId service,
        int count,
        @Nullable Instant start,
        Asked typed) {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9]{10,48}");
    private static final Pattern MAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final int LONGEST = 255;
    private static final int LONGEST_TEXT = 2048;
    private static final String ANSWER = "answer.";

    static BookingForm of(Branch branch, LocalDate date, Asked typed) {
        var count = typed.read("count", Integer::valueOf);
        var id = typed.read("id", ReservationId::of);
        return new BookingForm(
                id == null ? DeskController.newId() : id,
                branch,
                date,
                typed.read("service", ServiceId::of),
                count == null ? 1 : count,
                typed.read("start", Instant::parse),
                typed);
    }

    /** Of a form whose service is chosen. */
    VisitWish wish() {
        if (service == null) {
            throw new IllegalStateException("No service is chosen yet");
        }
        return new VisitWish(branch.id(), List.of(new ServiceCount(service, count)), null);
    }

    /**
     * What is missing or cannot be right: the names of fields, and of the texts that say why. Empty
     * if the form can be sent.
     */
    Map<String, String> faults(Colleague me) {
        var faults = new LinkedHashMap<String, String>();
        if (start == null) {
            faults.put("start", "staff.booking.start.missing");
        }
        if (!IDENTIFIER.matcher(typed.text("personalIdentifier")).matches()) {
            faults.put("personalIdentifier", "staff.booking.personalIdentifier.wrong");
        }
        for (var name : List.of("firstName", "lastName")) {
            if (typed.text(name).isEmpty() || typed.text(name).length() > LONGEST) {
                faults.put(name, "staff.booking." + name + ".missing");
            }
        }
        if (!MAIL.matcher(typed.text("email")).matches()
                || typed.text("email").length() > LONGEST) {
            faults.put("email", "staff.booking.email.wrong");
        }
        if (typed.text("phoneNumber").length() > LONGEST) {
            faults.put("phoneNumber", "staff.booking.long");
        }
        if (typed.text("notes").length() > LONGEST_TEXT) {
            faults.put("notes", "staff.booking.long");
        }
        boolean asksBirth = me.catalogue().tenant().settings().asksDateOfBirth();
        if (asksBirth && typed.read("dateOfBirth", LocalDate::parse) == null) {
            faults.put("dateOfBirth", "staff.booking.dateOfBirth.missing");
        }
        return faults;
    }

    /**
     * @param field the name of its field
     * @param answer as typed; empty if it was not
     */
    record Question(String field, @Nullable String id, String text, String answer) {}

    /** What the chosen service wants to know; at the desk nothing of it must be answered. */
    List<Question> questions(Colleague me) {
        var asked =
                service == null
                        ? List.<InformationQuestion>of()
                        : me.catalogue()
                                .service(service)
                                .map(chosen -> chosen.informationQuestions())
                                .orElse(List.of());
        return IntStream.range(0, asked.size())
                .mapToObj(
                        i ->
                                new Question(
                                        ANSWER + i,
                                        asked.get(i).id(),
                                        me.text(asked.get(i).questionText()),
                                        typed.text(ANSWER + i)))
                .toList();
    }

    /** Of a form without faults. */
    Book asCommand(Colleague me, FreeSlot slot) {
        return new Book(
                new Reserve(
                        me.tenant(),
                        id,
                        wish(),
                        slot.start(),
                        slot.end(),
                        typed.textOrNull("notes")),
                new CustomerDetails(
                        typed.text("personalIdentifier"),
                        typed.text("firstName"),
                        typed.text("lastName"),
                        typed.text("email"),
                        typed.textOrNull("phoneNumber"),
                        typed.read("dateOfBirth", LocalDate::parse),
                        answers(me),
                        List.of()));
    }

    private List<InformationAnswer> answers(Colleague me) {
        var answers = new ArrayList<InformationAnswer>();
        for (var question : questions(me)) {
            if (!question.answer().isEmpty()) {
                answers.add(
                        new InformationAnswer(
                                question.id(),
                                question.id() == null ? question.text() : null,
                                question.answer()));
            }
        }
        return answers;
    }

    /** Gives nothing away. */
    @Override
    public String toString() {
        return "BookingForm[sealed]";
    }
}
