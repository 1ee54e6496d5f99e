package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.ctl.bench.KeyChoice;
import dev.kvs.ctl.bench.Mix;
import dev.kvs.ctl.bench.Plan;
import dev.kvs.ctl.bench.Uniform;
import dev.kvs.ctl.bench.Workload;
import dev.kvs.ctl.bench.Zipf;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import java.time.Duration;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kvsctl bench}. */
@Command(
        name = "bench",
        description = {
            "Measure a cluster: store keys below bench/, read and write them for a while, delete them again.",
            "With --rate, latencies count from when each operation was due, not from when a client was free to send"
                    + " it;",
            "without, what a stall kept from being sent is filled in at the median pace (HdrHistogram's correction).",
            "Latencies are in milliseconds. Ctrl-C ends early, shows what there is and still deletes the keys."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl bench --mix r80/w20 --clients 32 --duration 30s",
            "  kvsctl bench --rate 2000 --keys 100000 --distribution uniform -o json"
        })
final class BenchCommand implements Action {
    private static final int KEYS_MAX = 10_000_000;
    private static final int SIZE_MAX = 16 * 1024 * 1024;
    private static final int CLIENTS_MAX = 10_000;
    private static final int RATE_MAX = 1_000_000;
    private static final Duration DURATION_MAX = Duration.ofDays(1);

    /** Enough of a random UUID that two runs at once do not share keys. */
    private static final int RUN_ID_LENGTH = 12;

    private final Session session;

    @Option(names = "--mix", paramLabel = "MIX", description = "Reads and writes in a hundred (default r80/w20).")
    String mix = "r80/w20";

    @Option(names = "--keys", paramLabel = "N", description = "Keys to store first (default 10000).")
    int keys = 10_000;

    @Option(names = "--size", paramLabel = "BYTES", description = "Bytes of each document (default 150).")
    int size = 150;

    @Option(names = "--clients", paramLabel = "N", description = "Operations under way at most (default 16).")
    int clients = 16;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Operations a second in all; 0, the default, for no limit.")
    int rate;

    @Option(names = "--duration", paramLabel = "DURATION", description = "How long to measure (default 10s).")
    String duration = "10s";

    @Option(names = "--distribution", paramLabel = "zipf|uniform", description = "Which keys (default zipf, s = 0.99).")
    String distribution = "zipf";

    BenchCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Plan plan = plan();
        if (session.settings().dryRun()) {
            BenchOutput.plan(session.output(), plan, distribution);
            return ExitCode.OK;
        }
        session.requireUnguarded("bench loads the nodes and writes below " + plan.prefix());
        try (KvsClient client = session.silentClient()) {
            Workload workload =
                    new Workload(client, plan, thrown -> Refusals.of(thrown).code());
            Interruption interruption = new Interruption(workload::stop);
            try {
                return run(workload, plan);
            } finally {
                interruption.close();
            }
        }
    }

    private ExitCode run(Workload workload, Plan plan) {
        int left;
        try {
            progress("storing " + plan.keys() + " keys below " + plan.prefix());
            workload.load();
            progress("measuring for " + duration + " with " + plan.clients() + " clients");
            long nanos = workload.measure();
            BenchOutput.result(session.output(), plan, distribution, workload, nanos);
            session.output().flush();
        } finally {
            progress("deleting the keys");
            left = workload.cleanUp();
            if (left > 0) {
                session.output()
                        .note("kvsctl: " + left + " keys could not be deleted and may be left below " + plan.prefix());
            }
        }
        return left > 0 ? ExitCode.PARTIAL : ExitCode.OK;
    }

    private Plan plan() {
        Arguments.number("--keys", keys, 1, KEYS_MAX);
        Arguments.number("--size", size, 2, SIZE_MAX);
        Arguments.number("--clients", clients, 1, CLIENTS_MAX);
        Arguments.number("--rate", rate, 0, RATE_MAX);
        String run = UUID.randomUUID().toString().replace("-", "").substring(0, RUN_ID_LENGTH);
        return new Plan("bench/" + run, parsedMix(), keys, size, clients, rate, length(), choice());
    }

    private Mix parsedMix() {
        try {
            return Mix.parse(mix);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--mix: " + e.getMessage());
        }
    }

    private Duration length() {
        Duration length = Settings.duration("--duration", duration);
        if (length.isZero() || length.compareTo(DURATION_MAX) > 0) {
            throw Failure.usage("--duration '" + duration + "' is out of bounds: from 1ms to 1d");
        }
        return length;
    }

    private KeyChoice choice() {
        return switch (distribution) {
            case "zipf" -> new Zipf(keys);
            case "uniform" -> new Uniform(keys);
            default -> throw Failure.usage("--distribution '" + distribution + "' must be zipf or uniform");
        };
    }

    private void progress(String text) {
        if (session.output().streams().errIsTerminal()) {
            session.output().note("kvsctl: " + text);
        }
    }
}
