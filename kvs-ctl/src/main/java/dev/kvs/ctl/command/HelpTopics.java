package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What {@code help} tells beside the commands: a page of text for each topic. */
public final class HelpTopics {
    private static final String EXIT_CODES = "exit-codes";
    private static final List<String> NAMES =
            List.of(EXIT_CODES, "formats", "environment", "consistency", "conflicts", "security", "scripting");

    private HelpTopics() {}

    /** All topics. */
    public static List<String> names() {
        return NAMES;
    }

    /** The page of one of {@link #names}. */
    public static String text(String topic) {
        if (topic.equals(EXIT_CODES)) {
            return exitCodes();
        }
        try (InputStream in = HelpTopics.class.getResourceAsStream("help/" + topic + ".txt")) {
            if (in == null) {
                throw new IllegalArgumentException("no topic " + topic);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String exitCodes() {
        StringBuilder text = new StringBuilder("How a command ended:\n\n");
        for (ExitCode exit : ExitCode.values()) {
            text.append(String.format("%3d  %s%n", exit.code(), exit.meaning()));
        }
        return text.toString();
    }
}
