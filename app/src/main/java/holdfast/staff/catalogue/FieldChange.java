package holdfast.staff.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * One thing in which an entry differs.
 *
 * @param path as the document nests it, such as {@code address › city}
 * @param before null: it was not there
 * @param after null: it is gone
 */
record FieldChange(String path, @Nullable String before, @Nullable String after) {}
