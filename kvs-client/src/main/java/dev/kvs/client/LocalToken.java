package dev.kvs.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Root's token of a node on this machine, which the node names to local callers that have none: whoever may read the file is
 * whom it is for. What a server names is not trusted: only a file of this name that holds a token and nothing else is sent.
 */
final class LocalToken {
    private static final String NAME = "root.token";
    private static final int BYTES_MAX = 8192;
    private static final Pattern TOKEN = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private LocalToken() {}

    /** The token in a file that a server on this machine has named; empty when there is none for us. */
    static Optional<String> in(String file, URI server) {
        try {
            Path path = Path.of(file);
            if (!path.endsWith(NAME) || !isHere(server) || Files.size(path) > BYTES_MAX) {
                return Optional.empty();
            }
            String token = Files.readString(path, StandardCharsets.US_ASCII).strip();
            return TOKEN.matcher(token).matches() ? Optional.of(token) : Optional.empty();
        } catch (IOException | InvalidPathException notForUs) {
            return Optional.empty();
        }
    }

    private static boolean isHere(URI server) {
        try {
            return InetAddress.getByName(server.getHost()).isLoopbackAddress();
        } catch (UnknownHostException nowhere) {
            return false;
        }
    }
}
