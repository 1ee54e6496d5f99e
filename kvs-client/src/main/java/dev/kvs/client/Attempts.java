package dev.kvs.client;

import dev.kvs.wire.ErrorCode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call. A round asks each candidate once, in order; between rounds there is a wait. What left this
 * machine is sent again only if the call is repeatable, and a write then only to the server that may have it, because
 * idempotency keys are remembered by each node for itself.
 */
final class Attempts {
    /** Statuses of a passing state: slow request, rate limit, bad gateway, busy or restarting node, gateway timeout. */
    private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504);

    /** Makes one attempt at one server; throws {@link KvsClientException} when there is no answer. */
    @FunctionalInterface
    interface Sender {
        Answer send(URI server, Call call, Duration timeout);
    }

    private final ClientSettings settings;
    private final Pacing pacing;
    private final Sender sender;
    private final Call call;
    private final long start;

    private List<Integer> candidates;
    private @Nullable KvsClientException last;

    /** The first failure after which a write may have been done; no later failure takes that doubt away. */
    private @Nullable KvsClientException doubt;

    private Duration askedWait = Duration.ZERO;

    Attempts(ClientSettings settings, Pacing pacing, Sender sender, Call call, List<Integer> order) {
        this.settings = settings;
        this.pacing = pacing;
        this.sender = sender;
        this.call = call;
        this.candidates = order;
        this.start = pacing.nanoTime();
    }

    Answer run() {
        for (int round = 0; ; round++) {
            Optional<Answer> settled = oneRound();
            if (settled.isPresent()) {
                return settled.get();
            }
            pauseAfter(round);
        }
    }

    private Optional<Answer> oneRound() {
        askedWait = Duration.ZERO;
        for (int candidate : candidates) {
            Optional<Answer> settled = attempt(candidate);
            if (settled.isPresent()) {
                return settled;
            }
            if (candidates.size() == 1) {
                break;
            }
        }
        return Optional.empty();
    }

    private Optional<Answer> attempt(int candidate) {
        URI server = settings.servers().get(candidate);
        if (!timeLeft().isPositive()) {
            throw last == null ? new KvsClientException.TimedOut(server, settings.totalTimeout(), false) : worst();
        }
        try {
            Answer answer = sender.send(server, call, shorter(settings.requestTimeout(), timeLeft()));
            if (!call.isRepeatable() || !PASSING.contains(answer.status())) {
                return Optional.of(answer);
            }
            KvsClientException refusal = Refusals.failureOf(answer);
            if (refusal instanceof KvsClientException.Refused refused && refused.is(ErrorCode.OUTCOME_UNKNOWN)) {
                return Optional.of(answer);
            }
            askedWait = longer(askedWait, Refusals.retryAfter(answer));
            goOnAfter(refusal, candidate, true);
        } catch (KvsClientException.Unreachable broken) {
            goOnAfter(broken, candidate, broken.sent());
        } catch (KvsClientException.TimedOut late) {
            goOnAfter(late, candidate, true);
        }
        return Optional.empty();
    }

    private void goOnAfter(KvsClientException failure, int candidate, boolean sent) {
        last = failure;
        if (doubt == null && failure.outcomeUnknown()) {
            doubt = failure;
        }
        if (sent && !call.isRepeatable()) {
            throw failure;
        }
        if (sent && call.isWrite()) {
            candidates = List.of(candidate);
        }
    }

    private void pauseAfter(int round) {
        Duration wait = longer(askedWait, Backoff.after(round, pacing.chance()));
        boolean probed = call.kind() == Call.Kind.PROBE;
        if (probed || round >= settings.retries() || wait.compareTo(timeLeft()) >= 0) {
            throw worst();
        }
        try {
            pacing.sleep(wait);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            KvsClientException worst = worst();
            throw new KvsClientException.Interrupted(worst.server(), worst.outcomeUnknown(), interrupted);
        }
    }

    /** What to tell the caller: a doubt about a write before anything else. */
    private KvsClientException worst() {
        KvsClientException latest = Objects.requireNonNull(last, "a round without an answer has a failure");
        if (doubt == null || doubt == latest) {
            return latest;
        }
        doubt.addSuppressed(latest);
        return doubt;
    }

    private Duration timeLeft() {
        return settings.totalTimeout().minusNanos(pacing.nanoTime() - start);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration longer(Duration one, @Nullable Duration other) {
        return other == null || one.compareTo(other) >= 0 ? one : other;
    }
}
