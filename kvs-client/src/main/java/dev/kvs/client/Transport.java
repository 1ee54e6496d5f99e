package dev.kvs.client;

import java.util.List;
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
        int servers = settings.servers().size();
        int first = preferred;
        List<Integer> order =
                IntStream.range(0, servers).mapToObj(i -> (first + i) % servers).toList();
        Answer answer = new Attempts(settings, pacing, exchange, call, order).run();
        preferred = settings.servers().indexOf(answer.server());
        return answer;
    }

    @Override
    public void close() {
        exchange.close();
    }
}
