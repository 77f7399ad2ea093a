package holdfast.catalogue;

/**
 * One thing that is wrong with what somebody sent.
 *
 * @param pointer where, as a JSON pointer (RFC 6901) into the body, or the name of the header or
 *     query parameter
 * @param detail what is wrong there, for people
 */
public record Fault(String pointer, String detail) {}
