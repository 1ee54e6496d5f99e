package dev.kvs.ctl.shell;

import dev.kvs.ctl.command.Commands;
import dev.kvs.ctl.command.GlobalOptions;
import dev.kvs.ctl.command.Place;
import dev.kvs.ctl.command.Session;
import dev.kvs.ctl.completion.Position;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.OutputLost;
import dev.kvs.ctl.output.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntBiFunction;
import picocli.CommandLine.Model.ArgSpec;

/** What a shell remembers between two lines, and how it runs one. Reads from nobody. */
final class Shell {
    /** Arguments that are keys or prefixes, by their labels. */
    private static final Set<String> KEYS = Set.of("KEY", "PREFIX", "TO", "KEY|-|@FILE");

    private final Commands commands;
    private final Streams streams;
    private final ToIntBiFunction<Streams, List<String>> program;
    private final MetaCommands meta;
    private List<String> flags;
    private Place place = Place.ROOT;
    private Streams target;
    private boolean ended;

    Shell(Session session, Commands commands, Streams streams, ToIntBiFunction<Streams, List<String>> program) {
        this.commands = commands;
        this.streams = streams;
        this.program = program;
        this.flags = session.flags().words();
        this.target = streams;
        this.meta = new MetaCommands(this);
    }

    Place place() {
        return place;
    }

    /** The flags that every line has before its own. */
    List<String> flags() {
        return flags;
    }

    void flags(List<String> changed) {
        flags = changed;
    }

    /** Where the output of commands goes. */
    Streams target() {
        return target;
    }

    void target(Streams changed) {
        target = changed;
    }

    /** The shell's own streams. */
    Streams streams() {
        return streams;
    }

    /** Whether somebody has typed {@code exit}. */
    boolean ended() {
        return ended;
    }

    void end() {
        ended = true;
        meta.close();
    }

    /** Tells a person something. */
    void say(String line) {
        streams.err(line + "\n");
    }

    /** Runs one whole line and gives its exit code; nothing is thrown, and nothing is printed that a command does not. */
    int execute(String line) {
        try {
            int code = line.stripLeading().startsWith("\\")
                    ? meta.execute(line.strip())
                    : execute(new ShellWords(line).words());
            streams.flush();
            return code;
        } catch (Failure failure) {
            say("kvsctl: " + failure.text());
            return failure.exit().code();
        } catch (OutputLost lost) {
            ended = true;
            return lost.readerHasLeft() ? ExitCode.OK.code() : ExitCode.SERVER_ERROR.code();
        }
    }

    private int execute(List<String> words) {
        if (words.isEmpty()) {
            return ExitCode.OK.code();
        }
        switch (words.getFirst()) {
            case "exit", "quit" -> end();
            case "pwd" -> print("/" + place.prefix());
            case "cd" -> place = cd(words);
            case "shell" -> throw Failure.usage("this is the shell already");
            default -> {
                return meta.timed(() -> program.applyAsInt(target, complete(words)));
            }
        }
        return ExitCode.OK.code();
    }

    private Place cd(List<String> words) {
        if (words.size() > 2) {
            throw Failure.usage("cd takes one prefix");
        }
        Place there = place.change(words.size() == 1 ? "" : words.get(1));
        return there.prefix().isEmpty() ? there : new Place(Session.key(there.prefix()));
    }

    /** Prints a line where the output of commands goes. */
    void print(String line) {
        target.print(line + "\n");
    }

    /** The words with the shell's flags before them and their keys counted from the place on. */
    List<String> complete(List<String> words) {
        List<String> whole = new ArrayList<>(flags);
        Position position = new Position(commands.named(new GlobalOptions(), words), words);
        for (int i = 0; i < words.size(); i++) {
            ArgSpec meaning = position.meanings().get(i);
            String word = words.get(i);
            whole.add(meaning != null && isKey(meaning, word) ? place.resolve(word) : word);
        }
        ArgSpec next = position.next();
        boolean left = next != null
                && next.paramLabel().equals("PREFIX")
                && next.arity().min() == 0;
        if (left && !place.prefix().isEmpty()) {
            whole.add(place.path());
        }
        return whole;
    }

    private static boolean isKey(ArgSpec meaning, String word) {
        boolean document = meaning.paramLabel().contains("@FILE") && (word.equals("-") || word.startsWith("@"));
        return KEYS.contains(meaning.paramLabel()) && !document;
    }
}
