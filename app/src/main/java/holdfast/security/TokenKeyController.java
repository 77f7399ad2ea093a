package holdfast.security;

import static org.springframework.http.HttpStatus.CREATED;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.List;

/** The keys that sign tokens, of which nobody sees more than the names. */
@RestController
@RequestMapping("/admin/v1/token-keys")
@Tag(name = "Token keys")
class TokenKeyController {

    private static final Logger log = LoggerFactory.getLogger(TokenKeyController.class);

    private final TokenKeys keys;

    TokenKeyController(TokenKeys keys) {
        this.keys = keys;
    }

    /**
     * @param keyId as in {@code kid} of tokens and of {@code /oauth2/jwks}
     * @param signsFrom until the next one does
     */
    record TokenKey(String keyId, Instant signsFrom) {

        static TokenKey of(TokenKeys.Key key) {
            return new TokenKey(key.jwk().getKeyID(), key.signsFrom());
        }
    }

    @GetMapping
    @Operation(
            operationId = "listTokenKeys",
            summary = "The keys whose tokens are good, in the order in which they sign")
    List<TokenKey> keys() {
        return keys.all().stream().map(TokenKey::of).toList();
    }

    @PostMapping
    @ResponseStatus(CREATED)
    @Operation(
            operationId = "renewTokenKey",
            summary = "Sign tokens with a new key from now on",
            description =
                    "Keys change by themselves, too. Tokens signed before last until they expire,"
                            + " unless the other keys are withdrawn.")
    TokenKey renew(
            @Parameter(
                            description =
                                    "Refuse all tokens signed by other keys, as after a leak: on"
                                            + " other nodes within seconds")
                    @RequestParam(defaultValue = "false")
                    boolean withdrawOthers) {
        var key = TokenKey.of(keys.renew(withdrawOthers));
        log.info(
                "A new key signs tokens, {}{}",
                key.keyId(),
                withdrawOthers ? "; all others are withdrawn" : "");
        return key;
    }
}
