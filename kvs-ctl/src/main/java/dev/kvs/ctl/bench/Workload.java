package dev.kvs.ctl.bench;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.client.WriteOptions;
import java.time.Duration;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One run against a cluster: fills the keys, measures, and takes the keys away again. {@link #stop} may come at any time. */
public final class Workload {
    /** Different documents, so that compression in the node does not flatter it; more would only take memory. */
    private static final int DOCUMENTS = 16;

    private static final int WHOLE = 100;

    /** How often keys that could not be deleted are tried again: a node that limits rates needs a moment. */
    private static final int CLEANUP_ROUNDS = 5;

    private static final Duration CLEANUP_PAUSE = Duration.ofMillis(500);

    private final KvsClient client;
    private final Plan plan;
    private final Function<KvsClientException, String> words;
    private final byte[][] documents = new byte[DOCUMENTS][];
    private final Measurements measurements = new Measurements();
    private final Schedule schedule;
    private int loaded;
    private volatile boolean stopped;

    /**
     * A run that has not begun.
     *
     * @param words names a failed call by its stable word
     */
    public Workload(KvsClient client, Plan plan, Function<KvsClientException, String> words) {
        this.client = client;
        this.plan = plan;
        this.words = words;
        this.schedule = new Schedule(plan.duration().toNanos(), plan.rate());
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < DOCUMENTS; i++) {
            documents[i] = document(random, plan.size());
        }
    }

    /** A JSON string of random letters that has exactly so many bytes. */
    private static byte[] document(RandomGenerator random, int size) {
        byte[] json = new byte[size];
        for (int i = 0; i < size; i++) {
            json[i] = (byte) random.nextInt('a', 'z' + 1);
        }
        json[0] = '"';
        json[size - 1] = '"';
        return json;
    }

    /** Stores every key once. Throws what the client throws when that does not work: there is nothing to measure then. */
    public void load() {
        Sweep sweep = new Sweep(plan.clients(), () -> !stopped);
        loaded = sweep.run(
                plan.keys(), number -> client.put(plan.key(number), documents[number % DOCUMENTS], WriteOptions.NONE));
        sweep.rethrow();
    }

    /** Measures until the duration is over or {@link #stop} is called; returns the nanoseconds that took. */
    public long measure() {
        schedule.start(System.nanoTime());
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < plan.clients(); i++) {
                clients.execute(this::operate);
            }
        }
        return schedule.now();
    }

    private void operate() {
        SplittableRandom random = new SplittableRandom();
        for (long due = schedule.await(); due >= 0; due = schedule.await()) {
            boolean read = random.nextInt(WHOLE) < plan.mix().reads();
            String failure = operation(read, plan.choice().next(random), random);
            if (failure == null) {
                measurements.worked(read, schedule.now() - due);
            } else {
                measurements.failed(read, failure);
            }
        }
    }

    /** Does one operation; returns the word of its failure, or null. */
    private @Nullable String operation(boolean read, int number, RandomGenerator random) {
        try {
            if (read) {
                return client.get(plan.key(number)).isPresent() ? null : "not_found";
            }
            client.put(plan.key(number), documents[random.nextInt(DOCUMENTS)], WriteOptions.NONE);
            return null;
        } catch (KvsClientException e) {
            return words.apply(e);
        }
    }

    /** Ends loading and measuring as soon as what is under way is done. */
    public void stop() {
        stopped = true;
        schedule.stop();
    }

    /** Deletes every key that may have been stored; returns how many could not be. Takes no notice of {@link #stop}. */
    public int cleanUp() {
        Queue<Integer> failed = new ConcurrentLinkedQueue<>();
        new Sweep(plan.clients(), () -> true).run(loaded, number -> {
            if (!delete(number)) {
                failed.add(number);
            }
        });
        for (int round = 0; round < CLEANUP_ROUNDS && !failed.isEmpty(); round++) {
            LockSupport.parkNanos(CLEANUP_PAUSE.toNanos());
            failed.removeIf(this::delete);
        }
        return failed.size();
    }

    private boolean delete(int number) {
        try {
            client.delete(plan.key(number));
            return true;
        } catch (KvsClientException e) {
            return false;
        }
    }

    /** What was measured so far. */
    public Measurements measurements() {
        return measurements;
    }

    /** Operations that were due and never sent, because the cluster could not keep up with the rate. */
    public long unsent() {
        return schedule.unsent();
    }
}
