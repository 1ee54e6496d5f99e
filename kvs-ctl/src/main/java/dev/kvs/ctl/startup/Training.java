package dev.kvs.ctl.startup;

import dev.kvs.ctl.Kvsctl;
import dev.kvs.ctl.ProcessStreams;
import dev.kvs.ctl.output.Streams;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * Does in one process what most starts do, so that the JVM's start-up cache knows it: {@code Training FOLDER URL} calls the
 * commands, with the contexts of this folder, against the {@link TrainingNode} there. A command that does not work here fails the
 * training.
 */
public final class Training {
    /** A command that reads a document, one that lists, and what Tab calls. */
    private static final List<List<String>> COMMANDS =
            List.of(List.of("get", "train"), List.of("ls"), List.of("__complete", "get", "tr"));

    private Training() {}

    /** Calls the commands, most of them with their output thrown away. */
    public static void main(String[] arguments) {
        // On the process's own streams and environment, as every start is; this command looks at little of either.
        new Kvsctl(ProcessStreams.open(), System.getenv()).run("version");
        // With the file of contexts in the folder, and nothing else of whoever builds.
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", arguments[0], "KVSCTL_SERVER", arguments[1]);
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
