/** Pages in a real browser. */
@org.jspecify.annotations.NullMarked
package holdfast.pages;
