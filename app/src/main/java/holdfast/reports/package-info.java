/**
 * Figures for managers: facts that follow the log, the reports that count them, demand that found
 * no slot, and what would have been under another catalogue. {@code docs/reports.md} says what each
 * figure is; the views of schema {@code reporting} are the one place that counts.
 */
@NullMarked
package holdfast.reports;

import org.jspecify.annotations.NullMarked;
