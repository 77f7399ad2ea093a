/**
 * The pages of those who work at a branch: its day at a glance, and everything the desk does with
 * an appointment. They send the commands and ask the questions that the calls of the desk do.
 */
@NullMarked
package holdfast.staff;

import org.jspecify.annotations.NullMarked;
