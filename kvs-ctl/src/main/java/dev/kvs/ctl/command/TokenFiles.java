package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that {@code login} got: one file for each server, named after it, so that no token goes to another server than
 * it came from. Only their owner may read them.
 *
 * <pre>{@code ~/.config/kvsctl/tokens/http%3A%2F%2F127.0.0.1%3A8080}</pre>
 */
final class TokenFiles {
    private static final String OWNER_ONLY = "rwx------";
    private static final String OWNER_READS = "rw-------";

    private final @Nullable Path folder;

    /**
     * The tokens below a configuration folder.
     *
     * @param config null for a user who has none: then there are no tokens, and none can be kept
     */
    TokenFiles(@Nullable Path config) {
        this.folder = config == null ? null : config.resolve("tokens");
    }

    /** The token for a server. */
    Optional<String> of(URI server) {
        if (folder == null) {
            return Optional.empty();
        }
        Path file = file(folder, server);
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw Failure.usage("the token in " + file + " cannot be read: " + Credentials.reason(e));
        }
    }

    /** Keeps a token for servers, in place of those they had. */
    void keep(List<URI> servers, String token) {
        if (folder == null) {
            throw Failure.usage("there is no place for the token: set HOME or XDG_CONFIG_HOME");
        }
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
            for (URI server : servers) {
                write(folder, file(folder, server), token);
            }
        } catch (IOException e) {
            throw Failure.of(
                    ExitCode.SERVER_ERROR,
                    "token_not_kept",
                    "the token cannot be kept in " + folder + ": " + Credentials.reason(e));
        }
    }

    /** Whole or not at all, and at no moment readable by others. */
    private static void write(Path folder, Path file, String token) throws IOException {
        Path fresh = Files.createTempFile(
                folder,
                "token",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_READS)));
        try {
            Files.writeString(fresh, token + "\n", StandardCharsets.UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Forgets the tokens of servers. */
    void forget(List<URI> servers) {
        if (folder == null) {
            return;
        }
        for (URI server : servers) {
            Path file = file(folder, server);
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw Failure.of(
                        ExitCode.SERVER_ERROR,
                        "token_not_forgotten",
                        file + " cannot be removed: " + Credentials.reason(e));
            }
        }
    }

    private static Path file(Path folder, URI server) {
        return folder.resolve(URLEncoder.encode(server.toString().toLowerCase(Locale.ROOT), StandardCharsets.UTF_8));
    }
}
