package dev.kvs.ctl.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code user create} and {@code user update} both take. */
final class UserOptions {
    @Option(
            names = "--scopes",
            paramLabel = "A,B",
            description =
                    "The most that a token of the user is good for: read, write, delete, metrics, admin:*, and parts"
                            + " of it.")
    @Nullable
    String scopes;

    @Option(names = "--groups", paramLabel = "A,B", description = "The groups the user is in.")
    @Nullable
    String groups;

    /** Null when nothing was said about them. */
    @Nullable
    List<String> scopes() {
        return Arguments.names(scopes);
    }

    /** Null when nothing was said about them. */
    @Nullable
    List<String> groups() {
        return Arguments.names(groups);
    }
}
