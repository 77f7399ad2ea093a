package holdfast.scheduling.web;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.ContentDigest;
import holdfast.scheduling.FreeDays;
import holdfast.scheduling.FreeSlot;
import holdfast.scheduling.Occupancy;
import holdfast.scheduling.VisitRules;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** What is answered to one wish for some dates, and whether it still is. */
final class SlotAnswer {

    /** What an answer takes in memory besides its bytes, about. */
    private static final int BESIDES = 10_000;

    /**
     * One date that has free slots: these as JSON, and the digest of that; or one that has none.
     */
    private record Piece(@Nullable LocalDate date, int available, byte[] json, byte[] digest) {

        static final Piece EMPTY = new Piece(null, 0, new byte[0], new byte[0]);

        static Piece of(List<FreeSlot> slots, SlotJson format) {
            if (slots.isEmpty()) {
                return EMPTY;
            }
            var json = format.write(slots);
            return new Piece(
                    LocalDate.ofInstant(slots.getFirst().start(), format.zone()),
                    slots.size(),
                    json,
                    ContentDigest.of(json));
        }
    }

    private final Catalogue catalogue;
    private final FreeDays<Piece> days;
    private final Body slots;
    private volatile @Nullable Body dates;

    private SlotAnswer(Catalogue catalogue, FreeDays<Piece> days) {
        this.catalogue = catalogue;
        this.days = days;
        this.slots = joined(days.made());
    }

    /**
     * @param from local date of the branch, inclusive; null: the first bookable one
     * @param to local date of the branch, inclusive; null: the last bookable one
     */
    static SlotAnswer of(
            Catalogue catalogue,
            VisitRules rules,
            Occupancy occupancy,
            Instant now,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            SlotJson format) {
        return new SlotAnswer(
                catalogue,
                FreeDays.of(rules, occupancy, now, from, to, slots -> Piece.of(slots, format)));
    }

    /** Whether it was made from this very catalogue; else it can never be true again. */
    boolean isOf(Catalogue another) {
        return catalogue == another;
    }

    /** Whether it is byte for byte what would be answered now. */
    boolean isTrue(Occupancy occupancy, Instant now) {
        return days.isTrue(occupancy, now);
    }

    /** The same as of now; dates on which nothing happened are taken over. */
    SlotAnswer madeAgain(Occupancy occupancy, Instant now) {
        return new SlotAnswer(catalogue, days.readAgain(occupancy, now));
    }

    /** Whether there is no slot in it. */
    boolean isEmpty() {
        return slots.json().length == 2; // brackets
    }

    Body slots() {
        return slots;
    }

    Body dates() {
        var made = dates;
        if (made == null) {
            made = counted(days.made());
            dates = made;
        }
        return made;
    }

    /** How many bytes it keeps, about; its compressed form is a tenth of the plain one. */
    int weight() {
        return BESIDES + slots.json().length * 2 + slots.json().length / 8;
    }

    // The tag is made of the dates' digests, so that a change of one date digests that date only.
    private static Body joined(List<Piece> days) {
        var pieces = days.stream().filter(piece -> piece.available() > 0).toList();
        int commas = Math.max(0, pieces.size() - 1);
        var json = new byte[2 + commas + pieces.stream().mapToInt(p -> p.json().length).sum()];
        int length = 0;
        json[length++] = '[';
        for (var piece : pieces) {
            if (length > 1) {
                json[length++] = ',';
            }
            System.arraycopy(piece.json(), 0, json, length, piece.json().length);
            length += piece.json().length;
        }
        json[length] = ']';
        var digests = pieces.stream().map(Piece::digest).toArray(byte[][]::new);
        return new Body(json, ContentDigest.tag(digests));
    }

    private static Body counted(List<Piece> days) {
        var json =
                days.stream()
                        .filter(piece -> piece.available() > 0)
                        .map(
                                piece ->
                                        "{\"date\":\"%s\",\"available\":%d}"
                                                .formatted(piece.date(), piece.available()))
                        .collect(Collectors.joining(",", "[", "]"))
                        .getBytes(StandardCharsets.UTF_8);
        return new Body(json, ContentDigest.tag(json));
    }
}
