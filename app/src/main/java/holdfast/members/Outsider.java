package holdfast.members;

import java.util.List;

/**
 * Whom a provider has signed in, in our words.
 *
 * @param subject the provider's own name for the person, for ever the same; letters' case counts
 * @param roles none: the person has nothing to do here
 */
record Outsider(
        String provider, String issuer, String subject, String displayName, List<Role> roles) {

    /** Gives nothing away. */
    @Override
    public String toString() {
        return "Outsider[sealed]";
    }
}
