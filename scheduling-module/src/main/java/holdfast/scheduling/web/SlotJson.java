package holdfast.scheduling.web;

import holdfast.catalogue.ResourceId;
import holdfast.scheduling.FreeSlot;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes free slots as the JSON of {@link TimeslotController.TimeslotView}, by hand: no answer is
 * asked for more often or is longer.
 *
 * @param resources the JSON of each resource to choose from; empty where there is no choice
 */
record SlotJson(ZoneId zone, Map<ResourceId, byte[]> resources) {

    private static final byte[] START = ascii("{\"timeSlot\":{\"startTime\":\"");
    private static final byte[] END = ascii("\",\"endTime\":\"");
    private static final byte[] AVAILABLE = ascii("\"},\"available\":");
    private static final byte[] RESOURCES = ascii(",\"availableResources\":[");
    private static final int USUAL_LENGTH = 128;
    private static final int SECONDS_OF_A_DAY = 86_400;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The slots with commas between them and nothing around them; at least one. */
    byte[] write(List<FreeSlot> slots) {
        return new Writing(slots).written();
    }

    private final class Writing {

        private final List<FreeSlot> slots;
        private byte[] bytes;
        private int length;

        /** What the last instant written had, good from one second until another. */
        private ZoneOffset offset = ZoneOffset.UTC;

        private long offsetFrom;
        private long offsetUntil;

        /** The day whose date is written in {@link #date}. */
        private long day = Long.MIN_VALUE;

        private byte[] date = new byte[0];

        Writing(List<FreeSlot> slots) {
            this.slots = slots;
            bytes = new byte[slots.size() * USUAL_LENGTH];
        }

        byte[] written() {
            for (var slot : slots) {
                if (length > 0) {
                    put((byte) ',');
                }
                put(slot);
            }
            return Arrays.copyOf(bytes, length);
        }

        private void put(FreeSlot slot) {
            put(START);
            put(slot.start());
            put(END);
            put(slot.end());
            put(AVAILABLE);
            put(ascii(Integer.toString(slot.placesLeft())));
            if (!resources.isEmpty()) {
                put(RESOURCES);
                var choice = slot.freeResources();
                for (int i = 0; i < choice.size(); i++) {
                    if (i > 0) {
                        put((byte) ',');
                    }
                    put(Objects.requireNonNull(resources.get(choice.get(i))));
                }
                put((byte) ']');
            }
            put((byte) '}');
        }

        /** As ISO 8601 with seconds and the zone's offset. */
        private void put(Instant instant) {
            long second = instant.getEpochSecond();
            if (second < offsetFrom || second >= offsetUntil) {
                findOffset(instant);
            }
            long local = second + offset.getTotalSeconds();
            putDate(Math.floorDiv(local, SECONDS_OF_A_DAY));
            int time = Math.floorMod(local, SECONDS_OF_A_DAY);
            putTwo('T', time / 3600);
            putTwo(':', time / 60 % 60);
            putTwo(':', time % 60);
            put(ascii(offset.getId()));
        }

        private void findOffset(Instant instant) {
            var rules = zone.getRules();
            var change = rules.nextTransition(instant);
            offset = rules.getOffset(instant);
            offsetFrom = instant.getEpochSecond();
            offsetUntil = change == null ? Long.MAX_VALUE : change.toEpochSecond();
        }

        private void putDate(long anotherDay) {
            if (anotherDay != day) {
                day = anotherDay;
                date = ascii(LocalDate.ofEpochDay(day).toString());
            }
            put(date);
        }

        private void putTwo(char before, int number) {
            put((byte) before);
            put((byte) ('0' + number / 10));
            put((byte) ('0' + number % 10));
        }

        private void put(byte one) {
            makeRoom(1);
            bytes[length++] = one;
        }

        private void put(byte[] some) {
            makeRoom(some.length);
            System.arraycopy(some, 0, bytes, length, some.length);
            length += some.length;
        }

        private void makeRoom(int more) {
            if (length + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
            }
        }
    }
}
