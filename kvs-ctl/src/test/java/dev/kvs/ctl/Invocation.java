package dev.kvs.ctl;

import dev.kvs.ctl.output.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the program in this process with streams and environment of its own. */
final class Invocation {
    private final Map<String, String> environment = new HashMap<>();
    private String input = "";
    private boolean terminal;

    /** How a run ended and what it printed. */
    record Result(int code, String out, String err) {
        /** Lines of standard output. */
        List<String> lines() {
            return out.lines().toList();
        }
    }

    static Invocation at(ScriptedNode node) {
        return new Invocation().env("KVSCTL_SERVER", node.url()).env("KVSCTL_RETRIES", "0");
    }

    Invocation env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Invocation input(String text) {
        input = text;
        return this;
    }

    Invocation onTerminal() {
        terminal = true;
        return this;
    }

    /** Runs with these words, split at blanks except inside single quotes. */
    Result run(String line) {
        List<String> words = new ArrayList<>();
        String[] parts = line.split("'", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 1) {
                words.add(parts[i]);
            } else {
                Arrays.stream(parts[i].split(" "))
                        .filter(word -> !word.isEmpty())
                        .forEach(words::add);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return run(out, words);
    }

    Result run(OutputStream out, List<String> words) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ByteArrayInputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        Streams streams = new Streams(in, out, err, terminal, terminal, false);
        int code = new Kvsctl(streams, environment).run(words.toArray(String[]::new));
        String printed = out instanceof ByteArrayOutputStream bytes ? bytes.toString(StandardCharsets.UTF_8) : "";
        return new Result(code, printed, err.toString(StandardCharsets.UTF_8));
    }
}
