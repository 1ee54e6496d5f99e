package dev.kvs.ctl.command;

import dev.kvs.ctl.context.PrivateFiles;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
            Credentials.refuseOpen(file);
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw Failure.usage("the token in " + file + " cannot be read: " + Failure.reason(e));
        }
    }

    /** Keeps a token for servers, in place of those they had; {@link #checkPlace} comes first. */
    void keep(List<URI> servers, String token) {
        if (folder == null) {
            throw new IllegalStateException("checkPlace comes first");
        }
        try {
            for (URI server : servers) {
                PrivateFiles.write(file(folder, server), token + "\n");
            }
        } catch (IOException e) {
            throw notKept(folder, e);
        }
    }

    /** Refuses before anything is asked for, where the token that would come could not be kept. */
    void checkPlace(List<URI> servers) {
        if (folder == null) {
            throw Failure.usage("there is no place for the token: set HOME or XDG_CONFIG_HOME");
        }
        for (URI server : servers) {
            if (!PrivateFiles.isWritable(file(folder, server))) {
                throw Failure.usage("the token could not be kept: nothing can be written in " + folder);
            }
        }
    }

    /** Keeps a token for a context, in place of the one it had; gives the file. */
    Path keepForContext(String name, String token) {
        if (folder == null) {
            throw Failure.usage("there is no place for the token: set HOME or XDG_CONFIG_HOME");
        }
        Path file = contextFile(folder, name);
        try {
            PrivateFiles.write(file, token + "\n");
            return file;
        } catch (IOException e) {
            throw notKept(file, e);
        }
    }

    /** Forgets the token that is kept for a context, if there is one. */
    void forgetContext(String name) {
        if (folder != null) {
            remove(contextFile(folder, name));
        }
    }

    /** Forgets the tokens of servers. */
    void forget(List<URI> servers) {
        if (folder == null) {
            return;
        }
        for (URI server : servers) {
            remove(file(folder, server));
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Failure.of(
                    ExitCode.SERVER_ERROR, "token_not_forgotten", file + " cannot be removed: " + Failure.reason(e));
        }
    }

    private static Failure notKept(Path where, IOException e) {
        return Failure.of(
                ExitCode.SERVER_ERROR,
                "token_not_kept",
                "the token cannot be kept in " + where + ": " + Failure.reason(e));
    }

    /** The name of a server's file is URL-encoded and has no such sign. */
    private static Path contextFile(Path folder, String name) {
        return folder.resolve(name + "@context");
    }

    private static Path file(Path folder, URI server) {
        return folder.resolve(URLEncoder.encode(server.toString().toLowerCase(Locale.ROOT), StandardCharsets.UTF_8));
    }
}
