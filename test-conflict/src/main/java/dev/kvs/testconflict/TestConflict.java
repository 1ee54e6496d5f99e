package dev.kvs.testconflict;

import dev.kvs.boot.ExitCode;
import dev.kvs.boot.StartException;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.model.Version;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.SystemRandomness;
import dev.kvs.platform.SystemTime;
import dev.kvs.platform.Time;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One run of the program, from arguments to exit code. */
@Command(
        name = "test-conflict",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes the same key with the same timestamp and different values into the data directories of two stopped"
                    + " nodes, and says which value will win once they talk to each other (conflict_policy:"
                    + " oldest-node).",
            "A directory that is empty or missing becomes that of a new node."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written",
            "2:the arguments are wrong; nothing was written",
            "4:a directory cannot be used, or a node is running on it; nothing was written",
            "5:a store is damaged; nothing was written"
        })
public final class TestConflict implements Callable<Integer> {
    private static final String KEY = "test/conflict/data";

    /** A million would still work; this keeps a slip of the finger from taking minutes. */
    private static final int COUNT_MAX = 100_000;

    /** Enough to see what was done. All of them fit no screen, and the reason is the same for each. */
    private static final int SEEDS_SHOWN = 10;

    @Parameters(index = "0", paramLabel = "DIR1", description = "The data directory of one node.")
    private Path one = Path.of("");

    @Parameters(index = "1", paramLabel = "DIR2", description = "The data directory of the other.")
    private Path other = Path.of("");

    @Option(
            names = {"-k", "--key"},
            paramLabel = "KEY",
            description = "The key; test/conflict/data unless told. May be given several times.")
    private List<String> keys = List.of(KEY);

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "Make N conflicts a key, at KEY/1 to KEY/N.")
    private int count;

    @Option(
            names = "--values",
            paramLabel = "J1,J2",
            description = "The two JSON documents; unless told, each names its node.")
    private @Nullable String values;

    @Option(
            names = "--timestamp",
            paramLabel = "WHEN",
            description = "Milliseconds since 1970 or ISO 8601, not in the future; unless told, now.")
    private @Nullable String timestamp;

    @Option(
            names = "--nodes",
            paramLabel = "N1,N2",
            split = ",",
            hideParamSyntax = true,
            description = "The nodes' names; unless told, those of the directories (of their parents if they are called"
                    + " data).")
    private List<String> names = List.of();

    private final Time time;
    private final Randomness randomness;
    private final PrintWriter out;
    private final PrintWriter err;

    TestConflict(Time time, Randomness randomness, PrintWriter out, PrintWriter err) {
        this.time = time;
        this.randomness = randomness;
        this.out = out;
        this.err = err;
    }

    /** Runs the program on the process's own streams and ends the process. */
    public static void main(String[] arguments) {
        // What a store tells a node's operator about its opening says nothing here; warnings do.
        Logger store = Logger.getLogger("dev.kvs");
        store.setLevel(Level.WARNING);
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(new TestConflict(new SystemTime(), new SystemRandomness(), out, err).run(arguments));
    }

    /** Does what the arguments ask for and returns the exit code. */
    int run(String... arguments) {
        CommandLine line = new CommandLine(this);
        line.getCommandSpec()
                .version("test-conflict " + TestConflict.class.getPackage().getImplementationVersion());
        return line.setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, _, _) -> refused(failure))
                .execute(arguments);
    }

    private int refused(Exception failure) throws Exception {
        switch (failure) {
            case Refusal refusal -> err.println(refusal.getMessage());
            case KvsException refusal -> err.println(refusal.detail());
            case StartException cannot -> {
                err.println(cannot.getMessage());
                return cannot.exitCode().number();
            }
            default -> throw failure;
        }
        return ExitCode.USAGE.number();
    }

    @Override
    public Integer call() throws StartException {
        List<NodeId> nodes = nodes();
        List<Key> all = keys();
        Pair pair = values == null ? Pair.naming(nodes.getFirst(), nodes.getLast()) : Pair.parse(values);
        OptionalLong millis = timestamp == null ? OptionalLong.empty() : OptionalLong.of(millis(timestamp));
        try (StoppedNode first = StoppedNode.open(one, nodes.getFirst(), time, randomness);
                StoppedNode second = StoppedNode.open(other, nodes.getLast(), time, randomness)) {
            report(new Seeding(first, second, time, randomness).seed(all, pair, millis), first, second);
        }
        return ExitCode.OK.number();
    }

    private List<Key> keys() {
        if (count < 0 || count > COUNT_MAX) {
            throw new Refusal("--count is 1 to " + COUNT_MAX + ", not " + count + ".");
        }
        List<Key> all = new ArrayList<>();
        for (String key : keys) {
            if (count == 0) {
                all.add(Key.of(key));
            }
            for (int i = 1; i <= count; i++) {
                all.add(Key.of(key + "/" + i));
            }
        }
        return all.stream().distinct().toList();
    }

    private List<NodeId> nodes() {
        if (absolute(one).equals(absolute(other))) {
            throw new Refusal("Both directories are " + absolute(one) + "; a conflict needs two stores.");
        }
        List<String> given = names.isEmpty() ? List.of(nameOf(one), nameOf(other)) : names;
        if (given.size() != 2
                || !given.stream().allMatch(NodeId::isValid)
                || given.stream().distinct().count() != 2) {
            throw new Refusal("Two nodes need two names, which " + String.join(" and ", given)
                    + " are not. Say --nodes NAME1,NAME2 (letters, digits, '.', '_' and '-').");
        }
        return given.stream().map(NodeId::new).toList();
    }

    /** Directories are mostly called by their node: {@code node1}, {@code node1/data}. */
    private static String nameOf(Path directory) {
        Path absolute = absolute(directory);
        Path parent = absolute.getParent();
        Path named = absolute.endsWith("data") && parent != null ? parent : absolute;
        Path name = named.getFileName();
        return name == null ? "" : name.toString();
    }

    private static Path absolute(Path directory) {
        return directory.toAbsolutePath().normalize();
    }

    private long millis(String text) {
        long millis;
        try {
            millis = text.matches("\\d{1,18}")
                    ? Long.parseLong(text)
                    : Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new Refusal("--timestamp " + text + " is neither milliseconds since 1970 nor a time such as"
                    + " 2026-11-21T12:00:00Z.");
        }
        if (millis < 0 || millis > time.epochMillis()) {
            throw new Refusal("--timestamp " + text + " is not in the past: nodes would hold such a version back until"
                    + " its time has come.");
        }
        return millis;
    }

    private void report(List<Seed> seeds, StoppedNode first, StoppedNode second) {
        out.printf("Wrote two versions of %s, which have not seen each other:%n%n", counted(seeds));
        for (Seed seed : seeds.subList(0, Math.min(SEEDS_SHOWN, seeds.size()))) {
            out.println(seed.first().key());
            show(first, seed.first(), seed.winner());
            show(second, seed.second(), seed.winner());
        }
        if (seeds.size() > SEEDS_SHOWN) {
            out.printf("... and %d more.%n", seeds.size() - SEEDS_SHOWN);
        }
        Seed last = seeds.getLast();
        out.printf("%nExpect everywhere: %s%n", Seed.document(last.winner()));
        out.printf("Why: %s%n", last.reason());
        out.println("The other version stays in the history, from where it can be restored.");
    }

    private static String counted(List<Seed> seeds) {
        return seeds.size() == 1 ? "one key" : seeds.size() + " keys each";
    }

    private void show(StoppedNode node, Version version, Version winner) {
        out.printf(
                "  %-6s %s  %s in %s: %s%n",
                version.equals(winner) ? "wins" : "loses",
                version.uuid(),
                node.name(),
                node.directory(),
                Seed.document(version));
    }
}
