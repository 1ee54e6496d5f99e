package dev.kvs.ctl.startup;

import dev.kvs.ctl.Kvsctl;
import dev.kvs.ctl.output.Streams;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Does in one process what most starts do, so that the JVM's start-up cache knows it: {@code Training FLAG...} calls the
 * commands, each with these flags. How they end does not matter.
 */
public final class Training {
    /** A command that reads a document, one that lists, and what Tab calls. */
    private static final List<List<String>> COMMANDS =
            List.of(List.of("get", "train"), List.of("ls"), List.of("__complete", "get", "tr"));

    private Training() {}

    /** Calls the commands with their output thrown away. */
    public static void main(String[] flags) {
        Streams nowhere = new Streams(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                false,
                false,
                false);
        for (List<String> command : COMMANDS) {
            List<String> words = new ArrayList<>(command);
            words.addAll(command.size() > 2 ? 1 : words.size(), List.of(flags));
            new Kvsctl(nowhere, System.getenv()).run(words.toArray(String[]::new));
        }
    }
}
