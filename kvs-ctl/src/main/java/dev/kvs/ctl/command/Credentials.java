package dev.kvs.ctl.command;

import dev.kvs.ctl.context.PrivateFiles;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Streams;
import dev.kvs.tls.Authorities;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Who asks, and whom to believe: the token and the certificate authority. A token is never an argument: others see those. */
final class Credentials {
    /** Far above any token, far below any file named by mistake. */
    private static final int TOKEN_BYTES_MAX = 16 * 1024;

    private Credentials() {}

    /** The token to send: the one that is named, or else the one that {@code login} got for the first server; null for none. */
    static @Nullable String token(Settings settings, Streams streams) {
        String file = settings.tokenFile();
        String token = settings.token();
        if (token == null && file == null) {
            return new TokenFiles(settings.configFolder())
                    .of(settings.servers().getFirst())
                    .orElse(null);
        }
        String text = (token != null ? token : read(String.valueOf(file), settings, streams)).strip();
        if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw Failure.usage("the token " + (token != null ? "in KVSCTL_TOKEN" : "in " + file)
                    + " is not one line of visible ASCII characters");
        }
        return text;
    }

    private static String read(String file, Settings settings, Streams streams) {
        if (file.equals("-")) {
            if (streams.inIsTerminal() && settings.noInput()) {
                throw Failure.usage("--token-file - would read the token from a terminal, which --no-input forbids");
            }
            return new String(streams.readAll(TOKEN_BYTES_MAX), StandardCharsets.UTF_8);
        }
        try {
            Path path = Path.of(file);
            refuseOpen(path);
            try (InputStream in = Files.newInputStream(path)) {
                return new String(in.readNBytes(TOKEN_BYTES_MAX), StandardCharsets.UTF_8);
            }
        } catch (IOException | InvalidPathException e) {
            throw Failure.usage("--token-file " + file + " cannot be read: " + Failure.reason(e));
        }
    }

    /** Refuses a token that others could have read: it is theirs already. */
    static void refuseOpen(Path file) throws IOException {
        if (PrivateFiles.isOpenToOthers(file)) {
            throw Failure.usage("the token in " + file + " may be read by others than you: chmod 600 " + file
                    + ", and make a new token if they should not have it");
        }
    }

    /** A context that trusts the authorities in a PEM file and no others. */
    static SSLContext trusting(String pemFile) {
        try {
            return Authorities.context(Path.of(pemFile));
        } catch (IOException | InvalidPathException | GeneralSecurityException e) {
            throw Failure.usage("--cacert " + pemFile + " cannot be used: " + Failure.reason(e));
        }
    }
}
