package holdfast.security;

import com.nimbusds.jwt.JWTParser;

import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Those whose tokens are good here, beside our own. */
final class OutsideIssuers {

    private final Map<String, OutsideIssuer> byUri;

    /**
     * @throws IllegalArgumentException if two have one name or one URI
     */
    OutsideIssuers(List<IssuerSettings> all) {
        if (all.stream().map(IssuerSettings::name).distinct().count() < all.size()
                || all.stream().map(IssuerSettings::uri).distinct().count() < all.size()) {
            throw new IllegalArgumentException("holdfast.issuers: names and URIs are given once");
        }
        byUri =
                all.stream()
                        .map(OutsideIssuer::new)
                        .collect(Collectors.toMap(OutsideIssuer::uri, Function.identity()));
    }

    /** Whose token it says it is, unchecked; empty: it must be ours. */
    Optional<OutsideIssuer> issuerOf(String token) {
        if (byUri.isEmpty()) {
            return Optional.empty();
        }
        try {
            var claims = JWTParser.parse(token).getJWTClaimsSet();
            return claims == null || claims.getIssuer() == null
                    ? Optional.empty()
                    : Optional.ofNullable(byUri.get(claims.getIssuer()));
        } catch (ParseException noToken) {
            return Optional.empty();
        }
    }
}
