package dev.kvs.ctl.startup;

import dev.kvs.ctl.Kvsctl;
import dev.kvs.ctl.output.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Does in one process what most starts do, so that the JVM's start-up cache knows it: {@code Training FOLDER} calls the commands
 * against a {@link TrainingNode} that keeps its file in this folder. A command that does not work here fails the training.
 */
public final class Training {
    /** A command that reads a document, one that lists, and what Tab calls. */
    private static final List<List<String>> COMMANDS =
            List.of(List.of("get", "train"), List.of("ls"), List.of("__complete", "get", "tr"));

    private Training() {}

    /** Calls the commands with their output thrown away. */
    public static void main(String[] arguments) throws IOException {
        try (TrainingNode node = new TrainingNode(Path.of(arguments[0]))) {
            // With a file of contexts, if there is one in the folder, and nothing else of whoever builds.
            Map<String, String> environment = Map.of("KVSCTL_SERVER", node.url(), "XDG_CONFIG_HOME", arguments[0]);
            Streams nowhere = new Streams(
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream(),
                    false,
                    false,
                    false);
            for (List<String> command : COMMANDS) {
                int code = new Kvsctl(nowhere, environment).run(command.toArray(String[]::new));
                if (code != 0) {
                    throw new IllegalStateException(command + " ended with " + code);
                }
            }
        }
    }
}
