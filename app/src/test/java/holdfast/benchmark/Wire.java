package holdfast.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One keep-alive connection, made anew whenever the server ends it, that sends requests made
 * beforehand and reads answers by their {@code Content-Length}, or else in chunks, into one buffer:
 * nothing is allocated per request. For one thread.
 */
final class Wire implements AutoCloseable {

    private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "\r\nconnection: close".getBytes(StandardCharsets.US_ASCII);
    private static final int IN_CHUNKS = -1;
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final int port;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private boolean over;
    private byte[] answer = new byte[64 * 1024];
    private int filled;
    private int head;
    private int end;

    Wire(int port) throws IOException {
        this.port = port;
        socket = open(port);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    private static Socket open(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        return socket;
    }

    private void openAgain() throws IOException {
        socket.close();
        socket = open(port);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** A request with a JSON body, as it goes over the wire. */
    static byte[] request(String method, String path, String tenant, String more, String body) {
        return request(
                method,
                path,
                "X-TENANT-ID: " + tenant + "\r\nContent-Type: application/json\r\n" + more,
                body);
    }

    static byte[] form(String path, String more, String body) {
        return request(
                "POST", path, "Content-Type: application/x-www-form-urlencoded\r\n" + more, body);
    }

    private static byte[] request(String method, String path, String more, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head =
                method
                        + " "
                        + path
                        + " HTTP/1.1\r\nHost: localhost\r\nAccept-Language: de-DE\r\n"
                        + more
                        + (method.equals("GET") ? "" : "Content-Length: " + bytes.length + "\r\n")
                        + "\r\n";
        var start = head.getBytes(StandardCharsets.US_ASCII);
        var all = Arrays.copyOf(start, start.length + bytes.length);
        System.arraycopy(bytes, 0, all, start.length, bytes.length);
        return all;
    }

    static byte[] get(String path, String tenant) {
        return request("GET", path, tenant, "", "");
    }

    /** Sends a request and takes in the whole answer; gives its status. */
    int exchange(byte[] request) throws IOException {
        if (over) {
            openAgain();
        }
        out.write(request);
        filled = 0;
        head = -1;
        while (head < 0) {
            more();
            head = endOfHead();
        }
        int status = number(STATUS_AT);
        int length = status == 304 || status == 204 ? 0 : contentLength();
        if (length == IN_CHUNKS) {
            length = joinChunks();
        } else {
            fillTo(head + length);
        }
        end = head + length;
        over = find(CLOSE) >= 0;
        return status;
    }

    private void fillTo(int wanted) throws IOException {
        if (wanted > answer.length) {
            answer = Arrays.copyOf(answer, 2 * wanted);
        }
        while (filled < wanted) {
            more();
        }
    }

    /** Moves the chunks of a body together; gives their length. */
    private int joinChunks() throws IOException {
        int from = head;
        int to = head;
        while (true) {
            int line = from;
            do {
                fillTo(line + 2);
            } while (answer[line++] != '\r');
            int size =
                    Integer.parseInt(
                            new String(answer, from, line - 1 - from, StandardCharsets.US_ASCII),
                            16);
            fillTo(line + 1 + size + 2);
            System.arraycopy(answer, line + 1, answer, to, size);
            to += size;
            from = line + 1 + size + 2;
            if (size == 0) {
                return to - head;
            }
        }
    }

    /** The last answer's body. */
    String body() {
        return new String(answer, head, end - head, StandardCharsets.UTF_8);
    }

    int bodyLength() {
        return end - head;
    }

    /** A header of the last answer, or an empty text. */
    String header(String name) {
        for (var line : new String(answer, 0, head, StandardCharsets.US_ASCII).split("\r\n")) {
            if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                return line.substring(name.length() + 1).strip();
            }
        }
        return "";
    }

    private void more() throws IOException {
        int read = in.read(answer, filled, answer.length - filled);
        if (read < 0) {
            throw new EOFException("The server closed the connection");
        }
        filled += read;
    }

    private int endOfHead() {
        for (int i = 3; i < filled; i++) {
            if (answer[i] == '\n'
                    && answer[i - 1] == '\r'
                    && answer[i - 2] == '\n'
                    && answer[i - 3] == '\r') {
                return i + 1;
            }
        }
        if (filled == answer.length) {
            throw new IllegalStateException("An answer's head is larger than " + filled);
        }
        return -1;
    }

    private int contentLength() {
        int after = find(LENGTH);
        return after < 0 ? IN_CHUNKS : number(after);
    }

    /** Where something ends in the head, written in small letters; -1 if it is not there. */
    private int find(byte[] wanted) {
        for (int i = 0; i < head - wanted.length; i++) {
            int same = 0;
            while (same < wanted.length && lower(answer[i + same]) == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return i + same;
            }
        }
        return -1;
    }

    private int number(int from) {
        int i = from;
        while (answer[i] == ' ') {
            i++;
        }
        int number = 0;
        while (answer[i] >= '0' && answer[i] <= '9') {
            number = number * 10 + answer[i++] - '0';
        }
        return number;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
