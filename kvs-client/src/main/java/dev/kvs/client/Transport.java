package dev.kvs.client;

import dev.kvs.wire.Paths;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Sends calls and remembers which server answers. */
final class Transport implements AutoCloseable {
    private final ClientSettings settings;
    private final Pacing pacing;
    private final Exchange exchange;

    /** The server that answered last. The next call begins there, so that a dead first one costs one wait, not many. */
    private volatile int preferred;

    Transport(ClientSettings settings, Pacing pacing) {
        this.settings = settings;
        this.pacing = pacing;
        this.exchange = new Exchange(settings);
    }

    /** Gives the first answer that settles the call, refusal or not; throws when there is none in time. */
    Answer send(Call call) {
        return send(call, exchange::send);
    }

    /** The same for an answer of any length: opens it at the first server that gives one, and refuses what is no success. */
    OpenAnswer open(Call call) {
        OpenAnswer[] opened = new OpenAnswer[1];
        Answer answer = send(call, (server, asked, timeout) -> {
            OpenAnswer open = exchange.open(server, asked, timeout);
            opened[0] = open;
            return open.head();
        });
        OpenAnswer open = Objects.requireNonNull(opened[0], "an answer was opened");
        if (answer.status() != 200) {
            open.close();
            throw Refusals.of(answer);
        }
        return open;
    }

    /**
     * Sends a body of any length, once, to the server that answered last; the answer may take as long as the body. It cannot be
     * sent again with a token that a refusal leads to, so that is asked for before.
     */
    Answer send(Call call, InputStream body) {
        if (exchange.asksForToken()) {
            send(Call.read(Paths.WHOAMI));
        }
        return exchange.send(settings.servers().get(preferred), call, body);
    }

    /** Waits between two tries to open something again; false when it is not worth another. */
    boolean pause(int tries, long sinceNanos) {
        Duration wait = Backoff.after(tries, pacing.chance());
        Duration waited = Duration.ofNanos(pacing.nanoTime() - sinceNanos);
        if (waited.plus(wait).compareTo(settings.totalTimeout()) >= 0) {
            return false;
        }
        try {
            pacing.sleep(wait);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** How long a watch may hear nothing. */
    Duration watchSilence() {
        return settings.watchSilence();
    }

    long nanoTime() {
        return pacing.nanoTime();
    }

    private Answer send(Call call, Attempts.Sender sender) {
        int servers = settings.servers().size();
        int first = preferred;
        List<Integer> order =
                IntStream.range(0, servers).mapToObj(i -> (first + i) % servers).toList();
        Answer answer = new Attempts(settings, pacing, sender, call, order).run();
        preferred = settings.servers().indexOf(answer.server());
        return answer;
    }

    boolean isClosed() {
        return exchange.isClosed();
    }

    @Override
    public void close() {
        exchange.close();
    }
}
