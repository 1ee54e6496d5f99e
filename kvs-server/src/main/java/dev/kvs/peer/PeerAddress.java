package dev.kvs.peer;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a node listens. Addresses come from other nodes too, so what is not plainly a host and a port never becomes part of a
 * URL.
 *
 * @param hostAndPort {@code name:port}, {@code 192.0.2.1:port} or {@code [2001:db8::1]:port}
 */
record PeerAddress(String hostAndPort) {
    private static final Pattern FORM =
            Pattern.compile("(?:[A-Za-z0-9][A-Za-z0-9._-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}]):([0-9]{1,5})");
    private static final int PORT_MAX = 65_535;

    /** The address; empty when the text is none. */
    static Optional<PeerAddress> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(form.group(1));
        return port >= 1 && port <= PORT_MAX ? Optional.of(new PeerAddress(text)) : Optional.empty();
    }

    URI uri(String scheme, String path) {
        return URI.create(scheme + "://" + hostAndPort + path);
    }

    @Override
    public String toString() {
        return hostAndPort;
    }
}
