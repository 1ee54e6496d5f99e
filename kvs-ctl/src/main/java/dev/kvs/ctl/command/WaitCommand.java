package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.Comparison;
import dev.kvs.wire.Convergence;
import dev.kvs.wire.Durations;
import dev.kvs.wire.MemberInfo;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kvsctl wait}. */
@Command(
        name = "wait",
        description = {
            "Wait until the cluster is as it should be, seen from every node named by --server; --timeout says how"
                    + " long.",
            "Exit code 0 when it is, 6 when the time is over. A node that does not answer yet is asked again."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl wait --members 3 --timeout 10s",
            "  kvsctl wait --converged -s http://10.0.0.1:8080,http://10.0.0.2:8080"
        })
final class WaitCommand implements Action {
    private static final List<Column> COLUMNS = List.of(Column.of("reached"), Column.number("waited_ms"));

    /** Often enough for a script that waits for three nodes to form, which takes a second. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final int MEMBERS_MAX = 10_000;

    private final Session session;

    @Option(names = "--converged", description = "Until every living member holds the same.")
    boolean converged;

    @Option(names = "--members", paramLabel = "N", description = "Until N members are alive, the node itself included.")
    @Nullable
    Integer members;

    WaitCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (!converged && members == null) {
            throw Failure.usage("say what to wait for: --converged, --members N, or both");
        }
        if (members != null) {
            Arguments.number("--members", members, 1, MEMBERS_MAX);
        }
        long start = System.nanoTime();
        long patience = session.settings().timeout().toNanos();
        Optional<String> missing = missing();
        while (missing.isPresent()) {
            if (System.nanoTime() - start >= patience) {
                throw Failure.of(
                        ExitCode.UNREACHABLE,
                        "timed_out",
                        "after " + Durations.format(session.settings().timeout()) + ": " + missing.get());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.interrupted()) {
                throw Failure.of(ExitCode.CANCELLED, "cancelled", "interrupted while waiting: " + missing.get());
            }
            missing = missing();
        }
        session.output().confirmation(COLUMNS, true, (System.nanoTime() - start) / 1_000_000);
        return ExitCode.OK;
    }

    /** What is not as it should be, of the first node that says so; empty when all is well. */
    private Optional<String> missing() {
        for (URI server : session.settings().servers()) {
            try (KvsClient client = session.client(server)) {
                Optional<String> missing = missing(client);
                if (missing.isPresent()) {
                    return missing.map(why -> server + ": " + why);
                }
            } catch (KvsClientException.Unreachable | KvsClientException.TimedOut unreachable) {
                return Optional.of(String.valueOf(unreachable.getMessage()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> missing(KvsClient client) {
        long alive = client.members().stream()
                .filter(member -> member.state().equals(MemberInfo.ALIVE))
                .count();
        if (members != null && alive < members) {
            return Optional.of(alive + " of " + members + " members are alive");
        }
        return converged ? apart(client) : Optional.empty();
    }

    /** The vectors are asked first: they cost nothing, and while one is behind the trees differ anyway. */
    private static Optional<String> apart(KvsClient client) {
        for (Convergence.Peer peer : client.convergence().peers()) {
            boolean apart = peer.lag() > 0 || peer.missingHere() > 0 || peer.toldAt() == null;
            if (peer.state().equals(MemberInfo.ALIVE) && apart) {
                return Optional.of(peer.id() + " lacks " + peer.lag() + " versions, and has " + peer.missingHere()
                        + " that are not here");
            }
        }
        return client.syncNow().comparisons().stream()
                .filter(compared -> !compared.result().equals(Comparison.EQUAL))
                .findFirst()
                .map(compared -> "the comparison with " + compared.peer() + " was: " + compared.result());
    }
}
