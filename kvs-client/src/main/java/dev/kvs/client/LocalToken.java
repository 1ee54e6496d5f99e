package dev.kvs.client;

import dev.kvs.wire.Headers;
import dev.kvs.wire.TokenProof;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Root's token of a node on this machine, which the node names to local callers that have none: whoever may read the file is
 * whom it is for. What a server names is not trusted. Nothing is sent but the token in a file of this name, and that only to a
 * server that has {@linkplain TokenProof proven} to know it already.
 */
final class LocalToken {
    private static final String NAME = "root.token";
    private static final int BYTES_MAX = 8192;
    private static final Pattern TOKEN = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private LocalToken() {}

    /** The token in the file that a refusal has named, in answer to a request with this nonce; empty when none is for us. */
    static Optional<String> in(Answer refusal, String nonce) {
        Optional<String> file = refusal.header(Headers.TOKEN_FILE);
        Optional<String> proof = refusal.header(Headers.TOKEN_PROOF);
        return file.isEmpty() || proof.isEmpty() || !isHere(refusal.server())
                ? Optional.empty()
                : read(file.get()).filter(token -> proves(proof.get(), token, nonce, port(refusal.server())));
    }

    /** A pipe or a device could keep us waiting, and a link could lead anywhere. */
    private static Optional<String> read(String file) {
        try {
            Path path = Path.of(file);
            boolean usable = path.isAbsolute()
                    && path.endsWith(NAME)
                    && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(path) <= BYTES_MAX;
            if (!usable) {
                return Optional.empty();
            }
            String token = Files.readString(path, StandardCharsets.US_ASCII).strip();
            return TOKEN.matcher(token).matches() ? Optional.of(token) : Optional.empty();
        } catch (IOException | InvalidPathException notForUs) {
            return Optional.empty();
        }
    }

    private static boolean proves(String proof, String token, String nonce, int port) {
        return MessageDigest.isEqual(
                proof.getBytes(StandardCharsets.UTF_8),
                TokenProof.of(token, nonce, port).getBytes(StandardCharsets.UTF_8));
    }

    private static int port(URI server) {
        int standard = server.getScheme().toLowerCase(Locale.ROOT).equals("https") ? HTTPS : HTTP;
        return server.getPort() < 0 ? standard : server.getPort();
    }

    private static boolean isHere(URI server) {
        try {
            return InetAddress.getByName(server.getHost()).isLoopbackAddress();
        } catch (UnknownHostException nowhere) {
            return false;
        }
    }
}
