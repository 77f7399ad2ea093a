package holdfast.scheduling.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude.Include;

import holdfast.catalogue.ResourceId;
import holdfast.scheduling.FreeSlot;
import holdfast.scheduling.TimeRange;
import holdfast.scheduling.web.TimeslotController.ResourceView;
import holdfast.scheduling.web.TimeslotController.TimeslotView;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What is written by hand is what Jackson would write of the documented views. */
class SlotsAsJsonTest {

    private static final JsonMapper JACKSON =
            JsonMapper.builder()
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .changeDefaultPropertyInclusion(
                            usual -> usual.withValueInclusion(Include.NON_NULL))
                    .build();

    private static final List<String> ZONES =
            List.of(
                    "Europe/Berlin",
                    "Europe/London", // Z in winter
                    "UTC",
                    "America/St_Johns",
                    "Australia/Lord_Howe",
                    "Asia/Kolkata",
                    "Asia/Kathmandu");

    private static final Map<ResourceId, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put(ResourceId.of("r1"), "Anna Müller");
        NAMES.put(ResourceId.of("r2"), "\"Tür\" \\ 7/8\t<b>\u0001\u2028");
        NAMES.put(ResourceId.of("r3"), "窓口 🪪");
    }

    private static String byJackson(List<FreeSlot> slots, ZoneId zone, boolean choosing) {
        return JACKSON.writeValueAsString(
                slots.stream()
                        .map(
                                slot ->
                                        new TimeslotView(
                                                Slot.of(
                                                        new TimeRange(slot.start(), slot.end()),
                                                        zone),
                                                slot.placesLeft(),
                                                choosing
                                                        ? slot.freeResources().stream()
                                                                .map(SlotsAsJsonTest::view)
                                                                .toList()
                                                        : null))
                        .toList());
    }

    private static ResourceView view(ResourceId id) {
        return new ResourceView(id.text(), NAMES.getOrDefault(id, ""));
    }

    private static String byHand(List<FreeSlot> slots, ZoneId zone, boolean choosing) {
        var names = new LinkedHashMap<ResourceId, byte[]>();
        if (choosing) {
            NAMES.keySet().forEach(id -> names.put(id, JACKSON.writeValueAsBytes(view(id))));
        }
        var json = new SlotJson(zone, names).write(slots);
        return "[" + new String(json, StandardCharsets.UTF_8) + "]";
    }

    /** Those of some hours, now and then over a change of the clock. */
    private static List<FreeSlot> someSlots(Random random, ZoneId zone) {
        var change = zone.getRules().nextTransition(Instant.parse("2026-02-01T00:00:00Z"));
        var begin =
                change != null && random.nextBoolean()
                        ? change.getInstant().minusSeconds(random.nextInt(8) * 1800L)
                        : Instant.parse("2026-11-22T00:00:00Z")
                                .plusSeconds(random.nextInt(60 * 24 * 60) * 60L);
        var slots = new ArrayList<FreeSlot>();
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
            var end = begin.plusSeconds(60L * (1 + random.nextInt(90)));
            var choice = new ArrayList<>(NAMES.keySet());
            choice.removeIf(_ -> random.nextInt(3) == 0);
            slots.add(new FreeSlot(begin, end, 1 + random.nextInt(200), choice));
            begin = begin.plusSeconds(60L * (1 + random.nextInt(60)));
        }
        return slots;
    }

    @Test
    void byte_for_byte() {
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            var slots = someSlots(random, zone);
            boolean choosing = random.nextBoolean();
            assertThat(byHand(slots, zone, choosing))
                    .as("seed %d", seed)
                    .isEqualTo(byJackson(slots, zone, choosing));
        }
    }

    @Test
    void gzip_is_used_if_it_is_named_and_not_refused() {
        assertThat(List.of("gzip", "deflate, gzip;q=0.5", "br,GZIP", "gzip ; q=1.0, *;q=0"))
                .allMatch(Body::acceptsGzip);
        assertThat(List.of("", "identity", "gzip;q=0", "br, gzip; q=0.0", "x-gzip-like"))
                .noneMatch(Body::acceptsGzip);
        assertThat(Body.acceptsGzip(null)).isFalse();
    }
}
