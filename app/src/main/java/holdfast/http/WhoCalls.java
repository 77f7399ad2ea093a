package holdfast.http;

import jakarta.servlet.http.HttpServletRequest;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Tells callers apart. */
public final class WhoCalls {

    private static final int BYTES_OF_A_NETWORK = 8;

    private WhoCalls() {}

    /**
     * The client whose token it is; for who has none, the address. Of an IPv6 address it is the
     * first 64 bits, since whoever has one has the rest, too.
     */
    public static String of(HttpServletRequest request) {
        var user = request.getUserPrincipal();
        return user == null ? "from " + network(request.getRemoteAddr()) : "is " + user.getName();
    }

    private static String network(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), BYTES_OF_A_NETWORK))
                    : address;
        } catch (IllegalArgumentException noAddress) {
            return address;
        }
    }
}
