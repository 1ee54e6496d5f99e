package dev.kvs.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * Writes numbers to one node at a steady rate and measures how long after the acknowledgement each can be read on others. The
 * rate does not wait for answers, so a pause of the node shows in every write that falls into it. The lag includes the read.
 */
public final class ReplicationLag {
    /** Keys written in turn: small enough to stay in every cache, and each is rewritten long after it was polled. */
    private static final int KEYS = 10_000;

    /** A write that cannot be read after so long is counted as this late. */
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Fine enough for a lag of milliseconds, and no load of its own on a node that is late. */
    private static final long POLL_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final String writer;
    private final String[] readers;
    private final long[] lags;
    private final long[] acks;
    private final AtomicInteger measured = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    /** Writes and polls that have not ended. */
    private final AtomicInteger underWay = new AtomicInteger();

    private ReplicationLag(String writer, String[] readers, int writes, int polled) {
        this.writer = writer;
        this.readers = readers;
        this.acks = new long[writes];
        this.lags = new long[polled * readers.length];
    }

    /**
     * Arguments: seconds that are not counted, in which this program warms up beside the nodes; seconds that are; writes a
     * second; every how manieth write is polled; URL of the writer; URLs of the readers.
     */
    public static void main(String[] arguments) throws InterruptedException {
        int warmUp = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        int rate = Integer.parseInt(arguments[2]);
        int every = Integer.parseInt(arguments[3]);
        String writer = arguments[4];
        String[] readers = Arrays.copyOfRange(arguments, 5, arguments.length);
        prepared(writer, readers, warmUp * rate, every).write(warmUp * rate, rate, every);
        int writes = seconds * rate;
        ReplicationLag run = prepared(writer, readers, writes, every);
        long began = System.nanoTime();
        run.write(writes, rate, every);
        double taken = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "RESULT %.0f %s %s %d%n",
                (writes - run.failed.get()) / taken, percentiles(run.lags), percentiles(run.acks), run.failed.get());
        System.exit(0);
    }

    private static ReplicationLag prepared(String writer, String[] readers, int writes, int every) {
        return new ReplicationLag(writer, readers, writes, (writes + every - 1) / every);
    }

    private void write(int writes, int rate, int every) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long began = System.nanoTime();
            for (int i = 0; i < writes; i++) {
                long due = began + i * TimeUnit.SECONDS.toNanos(1) / rate;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                int number = i;
                underWay.incrementAndGet();
                threads.submit(() -> writeOne(number, due, number % every == 0, threads));
            }
            while (underWay.get() > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }

    private void writeOne(int number, long due, boolean poll, ExecutorService threads) {
        try {
            String path = "/kv/lag/" + number % KEYS;
            HttpRequest put = HttpRequest.newBuilder(URI.create(writer + path))
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("" + number))
                    .build();
            int status = http.send(put, BodyHandlers.discarding()).statusCode();
            long acknowledged = System.nanoTime();
            if (status / 100 != 2) {
                throw new IllegalStateException("status " + status);
            }
            acks[number] = acknowledged - due;
            if (poll) {
                for (String reader : readers) {
                    underWay.incrementAndGet();
                    threads.submit(() -> poll(reader + path, number, acknowledged));
                }
            }
        } catch (Exception refused) {
            System.err.println("A write failed: " + refused);
            failed.incrementAndGet();
        } finally {
            underWay.decrementAndGet();
        }
    }

    private void poll(String url, int number, long acknowledged) {
        HttpRequest get = HttpRequest.newBuilder(URI.create(url + "?raw")).build();
        long lag = 0;
        boolean there = false;
        while (!there && lag < GIVE_UP_NANOS) {
            try {
                var answer = http.send(get, BodyHandlers.ofString());
                there = answer.statusCode() == 200 && Integer.parseInt(answer.body()) >= number;
            } catch (Exception unreachable) {
                there = false;
            }
            lag = System.nanoTime() - acknowledged;
            if (!there) {
                LockSupport.parkNanos(POLL_PAUSE_NANOS);
            }
        }
        lags[measured.getAndIncrement()] = lag;
        underWay.decrementAndGet();
    }

    /** The 50th and 99th in a hundred and the largest, in milliseconds. */
    private static String percentiles(long[] nanos) {
        long[] sorted = LongStream.of(nanos).filter(value -> value > 0).sorted().toArray();
        if (sorted.length == 0) {
            return "- - -";
        }
        return "%.2f %.2f %.2f"
                .formatted(
                        sorted[sorted.length / 2] / 1e6,
                        sorted[(int) (sorted.length * 0.99)] / 1e6,
                        sorted[sorted.length - 1] / 1e6);
    }
}
