package holdfast.staff.catalogue;

import holdfast.catalogue.CatalogueChange;
import holdfast.catalogue.CatalogueChange.How;
import holdfast.catalogue.CatalogueDocument;
import holdfast.catalogue.CatalogueKind;
import holdfast.catalogue.Entries;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says for people in what two documents differ: by kind, entry and member, by comparing the JSON in
 * which they are written.
 */
final class Differences {

    /** Of a kind; more are only counted. */
    private static final int MOST_SHOWN = 200;

    private static final String NESTED = " › ";

    private static final Map<CatalogueKind, Entries<?>> ENTRIES =
            Map.of(
                    CatalogueKind.TENANT, Entries.TENANT,
                    CatalogueKind.HOLIDAY_CALENDAR, Entries.HOLIDAY_CALENDARS,
                    CatalogueKind.RESOURCE_TYPE, Entries.RESOURCE_TYPES,
                    CatalogueKind.BRANCH, Entries.BRANCHES,
                    CatalogueKind.RESOURCE_POOL, Entries.RESOURCE_POOLS,
                    CatalogueKind.SERVICE, Entries.SERVICES,
                    CatalogueKind.OFFER, Entries.OFFERS,
                    CatalogueKind.SERVICE_GROUP, Entries.SERVICE_GROUPS,
                    CatalogueKind.SERVICE_COMBINATION, Entries.SERVICE_COMBINATIONS);

    private final JsonMapper json;
    private final CatalogueDocument before;
    private final CatalogueDocument after;

    Differences(JsonMapper json, CatalogueDocument before, CatalogueDocument after) {
        this.json = json;
        this.before = before;
        this.after = after;
    }

    /** In the order of the kinds. */
    List<KindChanges> of(List<CatalogueChange> changes) {
        var byKind = new TreeMap<CatalogueKind, List<CatalogueChange>>();
        changes.forEach(
                change ->
                        byKind.computeIfAbsent(change.kind(), _ -> new ArrayList<>()).add(change));
        var all = new ArrayList<KindChanges>();
        byKind.forEach(
                (kind, ofKind) ->
                        all.add(
                                new KindChanges(
                                        kind,
                                        ofKind.size(),
                                        ofKind.stream()
                                                .limit(MOST_SHOWN)
                                                .map(this::entry)
                                                .toList())));
        return all;
    }

    private EntryChange entry(CatalogueChange change) {
        var was = tree(before, change);
        var is = tree(after, change);
        var fields = new ArrayList<FieldChange>();
        if (change.change() == How.CHANGED && was.isPresent() && is.isPresent()) {
            compare("", was.get(), is.get(), fields);
        }
        return new EntryChange(
                change.id(),
                is.or(() -> was).map(Differences::name).orElse(""),
                change.change(),
                fields);
    }

    private Optional<JsonNode> tree(CatalogueDocument document, CatalogueChange change) {
        var entries = ENTRIES.get(change.kind());
        if (entries == null) {
            return Optional.empty();
        }
        var tree =
                entries.find(document, change.id())
                        .map(entry -> (JsonNode) json.valueToTree(entry));
        if (change.kind() == CatalogueKind.SERVICE) {
            // what branches offer of it are entries of their own
            tree.ifPresent(service -> ((ObjectNode) service).remove("branches"));
        }
        return tree;
    }

    private static String name(JsonNode entry) {
        var name = entry.path("name");
        return name.isObject() && !name.isEmpty()
                ? name.iterator().next().asString("")
                : name.asString("");
    }

    private static void compare(
            String path, @Nullable JsonNode was, @Nullable JsonNode is, List<FieldChange> into) {
        if (was != null && was.equals(is)) {
            return;
        }
        var membersBefore = members(was);
        var membersAfter = members(is);
        if (membersBefore == null || membersAfter == null) {
            into.add(new FieldChange(path, text(was), text(is)));
            return;
        }
        var names = new LinkedHashSet<>(membersBefore.keySet());
        names.addAll(membersAfter.keySet());
        for (var name : names) {
            compare(
                    path.isEmpty() ? words(name) : path + NESTED + words(name),
                    membersBefore.get(name),
                    membersAfter.get(name),
                    into);
        }
    }

    /** Of an object, or of a list whose elements have ids; null: it is to be shown whole. */
    private static @Nullable Map<String, JsonNode> members(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        var members = new LinkedHashMap<String, JsonNode>();
        if (node.isObject()) {
            node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            return members;
        }
        for (var element : node) {
            if (!element.path("id").isString()) {
                return null;
            }
            members.put(element.path("id").asString(), element);
        }
        return node.isArray() ? members : null;
    }

    /** In one line; null if there is nothing. */
    static @Nullable String text(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (node.isValueNode()) {
            return node.asString();
        }
        var parts = new ArrayList<String>();
        if (node.isObject()) {
            node.properties()
                    .forEach(
                            member ->
                                    parts.add(
                                            words(member.getKey())
                                                    + " "
                                                    + text(member.getValue())));
            return String.join(", ", parts);
        }
        node.forEach(element -> parts.add(String.valueOf(text(element))));
        return String.join(node.path(0).isValueNode() ? ", " : "; ", parts);
    }

    /** {@code openingHours} as {@code opening hours}; ids and languages stay. */
    private static String words(String name) {
        return name.matches("[a-z]+([A-Z][a-z]+)+")
                ? name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT)
                : name;
    }
}
