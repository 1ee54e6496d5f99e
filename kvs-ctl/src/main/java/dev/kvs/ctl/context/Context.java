package dev.kvs.ctl.context;

import dev.kvs.ctl.output.Failure;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One cluster under a name. What is null is not said here.
 *
 * @param name 1 to 64 letters, digits, dots, dashes and underscores
 * @param server base URLs of its nodes with commas between them
 * @param tokenFile the file that holds the token for these servers and for no others
 * @param caCert the certificate authority to trust
 * @param guarded whether what destroys something asks for the name first; {@code protected} in the file
 */
public record Context(
        String name,
        @Nullable String server,
        @Nullable String tokenFile,
        @Nullable String caCert,
        boolean guarded) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Throws {@link Failure} for a name that a shell, a prompt or a file could take for something else. */
    public Context {
        if (!NAME.matcher(name).matches()) {
            throw Failure.usage("the context '" + name + "' needs a name of 1 to 64 letters, digits, dots, dashes and"
                    + " underscores");
        }
    }

    /** A context that says nothing yet. */
    public static Context named(String name) {
        return new Context(name, null, null, null, false);
    }

    public Context withServer(@Nullable String urls) {
        return new Context(name, urls, tokenFile, caCert, guarded);
    }

    public Context withTokenFile(@Nullable String file) {
        return new Context(name, server, file, caCert, guarded);
    }

    public Context withCaCert(@Nullable String file) {
        return new Context(name, server, tokenFile, file, guarded);
    }

    public Context withGuarded(boolean asks) {
        return new Context(name, server, tokenFile, caCert, asks);
    }
}
