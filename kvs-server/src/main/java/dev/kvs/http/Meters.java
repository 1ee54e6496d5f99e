package dev.kvs.http;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.MetricsConfig;
import io.helidon.metrics.api.MetricsFactory;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import io.helidon.metrics.spi.MeterRegistryFormatterProvider;
import io.helidon.metrics.spi.MetersProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The node's meters, one registry per node and not per process. {@code boot} makes it, publishes what storage and the
 * rest count, and hands it to the door, which adds requests and serves {@code /metrics}. Safe for concurrent use.
 */
public final class Meters {
    /** From well below a read in memory to the request timeout. */
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(100_000),
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10)
    };

    /** Several nodes can live in one process, in tests and in the simulation. */
    private final MetricsConfig config =
            MetricsConfig.builder().warnOnMultipleRegistries(false).build();

    private final MeterRegistry registry;

    /** A registry that has the JVM's own meters. */
    public Meters() {
        MetricsFactory factory = MetricsFactory.getInstance();
        registry = factory.createMeterRegistry(config);
        for (MetersProvider provider : ServiceLoader.load(MetersProvider.class)) {
            provider.meterBuilders(factory).forEach(this::register);
        }
    }

    /** The provider's builders do not say what they build; the registry finds out by itself. */
    @SuppressWarnings("unchecked")
    private <M extends Meter, B extends Meter.Builder<B, M>> void register(Meter.Builder<?, ?> builder) {
        registry.getOrCreate((B) builder);
    }

    /**
     * Publishes a number that only rises, read at every scrape.
     *
     * @param name dotted, for example {@code kvs.wal.bytes}; Prometheus sees {@code kvs_wal_bytes_total}
     * @param help one sentence with the unit
     */
    public void counter(String name, String help, LongSupplier value) {
        registry.getOrCreate(
                FunctionalCounter.builder(name, value, LongSupplier::getAsLong).description(help));
    }

    /** Publishes a number that rises and falls, read at every scrape; otherwise like {@link #counter}. */
    public void gauge(String name, String help, DoubleSupplier value) {
        registry.getOrCreate(
                Gauge.builder(name, value, DoubleSupplier::getAsDouble).description(help));
    }

    /** A histogram of durations, with {@code tags} as alternating names and values; the same one for the same tags. */
    public Timer timer(String name, String help, String... tags) {
        List<Tag> pairs = new ArrayList<>(tags.length / 2);
        for (int i = 0; i < tags.length; i += 2) {
            pairs.add(Tag.create(tags[i], tags[i + 1]));
        }
        return registry.getOrCreate(
                Timer.builder(name).description(help).tags(pairs).buckets(BUCKETS));
    }

    /** Everything, in the Prometheus text form. */
    String scrape() {
        for (MeterRegistryFormatterProvider provider : ServiceLoader.load(MeterRegistryFormatterProvider.class)) {
            Optional<?> text = provider.formatter(
                            MediaTypes.TEXT_PLAIN, config, registry, Optional.empty(), List.of(), List.of())
                    .flatMap(formatter -> formatter.format());
            if (text.isPresent()) {
                return text.get().toString();
            }
        }
        return "";
    }
}
