package holdfast.eventstore;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** One running application among those that share a database; a restart is another node. */
record Node(String name) {

    static Node ofThisRun() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "node";
        }
        String readable = host.length() > 20 ? host.substring(0, 20) : host;
        return new Node(readable + "-" + UUID.randomUUID().toString().substring(0, 8));
    }
}
