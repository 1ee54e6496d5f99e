package dev.kvs.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one answer of HTTP/1.1 (RFC 9112), strictly: what could be read in two ways is refused. */
final class AnswerReader {
    /** Far above what a node or a proxy sends. */
    private static final int HEAD_BYTES_MAX = 64 << 10;

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})( .*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,15})[ \\t]*(;.*)?");
    private static final int HEX = 16;

    private final InputStream in;
    private final int bytesMax;
    private int headBytes;

    /** Reads from a connection an answer whose body has at most so many bytes. */
    AnswerReader(InputStream in, int bytesMax) {
        this.in = new BufferedInputStream(in);
        this.bytesMax = bytesMax;
    }

    /**
     * The answer to a request with this method.
     *
     * @throws ProtocolException when it is not HTTP
     * @throws BoundedBody.TooLarge when its body is
     * @throws IOException when the connection ends before it does
     */
    Incoming read(String method) throws IOException {
        int status;
        Map<String, List<String>> headers;
        do {
            status = status();
            headers = headers();
        } while (status < 200);
        boolean bare = method.equals("HEAD") || status == NO_CONTENT || status == NOT_MODIFIED;
        return new Incoming(status, HttpHeaders.of(headers, (name, value) -> true), bare ? new byte[0] : body(headers));
    }

    private int status() throws IOException {
        String line = line();
        Matcher status = STATUS.matcher(line);
        if (!status.matches()) {
            throw new ProtocolException("Invalid status line: \"" + line + "\"");
        }
        return Integer.parseInt(status.group(1));
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.substring(0, colon).chars().anyMatch(c -> c <= ' ')) {
                throw new ProtocolException("Invalid header line: \"" + line + "\"");
            }
            headers.computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended within the answer");
            }
            if (++headBytes > HEAD_BYTES_MAX) {
                throw new ProtocolException("its head has more than " + HEAD_BYTES_MAX + " bytes");
            }
            line.write(c);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        List<String> codings = headers.getOrDefault("Transfer-Encoding", List.of());
        List<String> lengths = headers.getOrDefault("Content-Length", List.of()).stream()
                .distinct()
                .toList();
        if (!codings.isEmpty()) {
            if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked") || !lengths.isEmpty()) {
                throw new ProtocolException("its body is framed as " + codings + " and " + lengths);
            }
            return chunks();
        }
        if (lengths.isEmpty()) {
            byte[] body = in.readNBytes(bytesMax);
            if (in.read() >= 0) {
                throw new BoundedBody.TooLarge(bytesMax);
            }
            return body;
        }
        if (lengths.size() > 1 || !LENGTH.matcher(lengths.getFirst()).matches()) {
            throw new ProtocolException("its length is " + lengths);
        }
        return bytes(Long.parseLong(lengths.getFirst()), 0);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            headBytes = 0;
            String line = line();
            Matcher size = CHUNK.matcher(line);
            if (!size.matches()) {
                throw new ProtocolException("Invalid chunk: \"" + line + "\"");
            }
            byte[] chunk = bytes(Long.parseLong(size.group(1), HEX), body.size());
            if (chunk.length == 0) {
                headers();
                return body.toByteArray();
            }
            body.writeBytes(chunk);
            if (!line().isEmpty()) {
                throw new ProtocolException("a chunk does not end where it said");
            }
        }
    }

    private byte[] bytes(long length, int before) throws IOException {
        if (length > bytesMax - before) {
            throw new BoundedBody.TooLarge(bytesMax);
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended within the answer");
        }
        return bytes;
    }
}
