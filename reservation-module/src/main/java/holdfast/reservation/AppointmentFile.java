package holdfast.reservation;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.LanguageTag;

/** An appointment as a file for calendars (RFC 5545), without anything personal in it. */
public interface AppointmentFile {

    /**
     * The file as the appointment stands, in the reader's language.
     *
     * @return UTF-8
     * @throws holdfast.catalogue.Refused if the tenant has no appointment of this id
     */
    byte[] of(Catalogue catalogue, LanguageTag language, String id);
}
