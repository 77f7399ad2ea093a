package holdfast.http;

import holdfast.catalogue.web.Offending;

/** Breaks borders on purpose: it reaches into modules. */
public class OffendingPart {
    Class<?> catalogue = Offending.class;
    Class<?> scheduling = holdfast.scheduling.web.Offending.class;
    Class<?> customer = holdfast.customer.web.Offending.class;
}
