package holdfast.benchmark;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands between an application and PostgreSQL and notes what the application waits for.
 *
 * <p>A round trip is what the client sends before it reads: it ends in a {@code Sync} or a simple
 * {@code Query} message of PostgreSQL's protocol with nothing more behind it. What is sent in one
 * go is one round trip, however many statements it is.
 */
final class CountingProxy implements AutoCloseable {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    /**
     * What one connection did from BEGIN to COMMIT, or a single round trip outside of that.
     *
     * @param trips per round trip the statements that it carried
     */
    record Transaction(List<List<String>> trips) {

        /** Its statements, without those that frame it. */
        List<String> statements() {
            return trips.stream().flatMap(List::stream).filter(sql -> !isFrame(sql)).toList();
        }
    }

    private final ServerSocket entrance;
    private final int server;
    private final List<Transaction> transactions = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();

    private CountingProxy(ServerSocket entrance, int server) {
        this.entrance = entrance;
        this.server = server;
    }

    static CountingProxy before(int server) throws IOException {
        var proxy =
                new CountingProxy(
                        new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** All that ended since the last time. */
    synchronized List<Transaction> take() {
        var all = List.copyOf(transactions);
        transactions.clear();
        return all;
    }

    private synchronized void add(Transaction transaction) {
        transactions.add(transaction);
    }

    private static boolean isFrame(String sql) {
        return sql.isBlank() || sql.startsWith("BEGIN") || endsTransaction(sql);
    }

    private static boolean endsTransaction(String sql) {
        return sql.equals("COMMIT") || sql.equals("ROLLBACK");
    }

    private void accept() {
        try {
            while (true) {
                var client = entrance.accept();
                var upstream = new Socket(InetAddress.getLoopbackAddress(), server);
                client.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                synchronized (this) {
                    sockets.add(client);
                    sockets.add(upstream);
                }
                Thread.ofVirtual().start(() -> answers(upstream, client));
                Thread.ofVirtual().start(() -> new Connection(client, upstream).pass());
            }
        } catch (IOException closed) {
            // the entrance is shut
        }
    }

    private static void answers(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // by one side or the other
        }
    }

    /** What the client sends on one connection. */
    private final class Connection {

        private final Socket client;
        private final Socket upstream;
        private final Map<String, String> prepared = new HashMap<>();
        private List<String> trip = new ArrayList<>();
        private List<List<String>> transaction = new ArrayList<>();

        Connection(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void pass() {
            try (client;
                    upstream) {
                var in = new DataInputStream(client.getInputStream());
                var out = new DataOutputStream(upstream.getOutputStream());
                int code;
                do {
                    var greeting = message(in);
                    code = ByteBuffer.wrap(greeting).getInt();
                    out.writeInt(greeting.length + 4);
                    out.write(greeting);
                } while (code == SSL_REQUEST || code == GSS_REQUEST);
                while (true) {
                    int type = in.readUnsignedByte();
                    var body = message(in);
                    note((char) type, body, in.available() == 0);
                    var whole = ByteBuffer.allocate(body.length + 5);
                    whole.put((byte) type).putInt(body.length + 4).put(body);
                    out.write(whole.array());
                }
            } catch (EOFException | SocketException closed) {
                // by one side or the other
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private static byte[] message(DataInputStream in) throws IOException {
            var body = new byte[in.readInt() - 4];
            in.readFully(body);
            return body;
        }

        /**
         * @param last whether the client sent nothing more with it
         */
        private void note(char type, byte[] body, boolean last) {
            switch (type) {
                case 'P' -> prepared.put(text(body, 0), text(body, 1));
                case 'B' -> trip.add(prepared.getOrDefault(text(body, 1), ""));
                case 'Q' -> trip.add(text(body, 0));
                default -> {}
            }
            if (last && (type == 'S' || type == 'Q')) {
                ended();
            }
        }

        private void ended() {
            transaction.add(trip);
            boolean open =
                    transaction.getFirst().stream().anyMatch(sql -> sql.startsWith("BEGIN"))
                            && trip.stream().noneMatch(CountingProxy::endsTransaction);
            trip = new ArrayList<>();
            if (!open) {
                add(new Transaction(transaction));
                transaction = new ArrayList<>();
            }
        }

        /** One of the texts that a message begins with, each ended by a zero. */
        private static String text(byte[] body, int number) {
            int begin = 0;
            for (int i = 0; i < number; i++) {
                while (body[begin++] != 0) {}
            }
            int end = begin;
            while (body[end] != 0) {
                end++;
            }
            return new String(body, begin, end - begin, StandardCharsets.UTF_8);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        entrance.close();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
