package holdfast.catalogue.web;

/** What nobody outside may use; somebody does on purpose. */
public class Offending {}
