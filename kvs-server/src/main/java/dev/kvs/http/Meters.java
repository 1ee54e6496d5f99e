package dev.kvs.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * One node's meters. {@code boot} makes it, publishes what storage and the rest count, and hands it to the door, which adds
 * requests and serves {@code /metrics}. Safe for concurrent use.
 *
 * <p>Why our own registry of a hundred lines: Helidon's, through Micrometer, is one per process whatever one creates, so
 * two nodes in one process would count into each other; and it takes a good part of the time a node has to start.
 */
public final class Meters {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private final Map<String, Family> families = new TreeMap<>();

    /** Prometheus' word for the kind of a family, in its {@code TYPE} line. */
    private enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    /** What stands behind one line, or the lines of one histogram. */
    private sealed interface Source {
        record Reading(DoubleSupplier value) implements Source {}

        record Durations(Histogram histogram) implements Source {}
    }

    /** All meters of one name, by their labels in text form. */
    private record Family(String help, Type type, Map<String, Source> sources) {}

    /**
     * Publishes a number that only rises; it is read at every scrape.
     *
     * @param name in Prometheus' form, for example {@code kvs_wal_bytes_total}
     * @param help one sentence that names the unit
     * @param labels names and values in turn, for example {@code "peer", "node-2"}
     */
    public void counter(String name, String help, LongSupplier value, String... labels) {
        add(name, help, Type.COUNTER, new Source.Reading(value::getAsLong), labels);
    }

    /** Publishes a number that rises and falls; otherwise like {@link #counter}. */
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        add(name, help, Type.GAUGE, new Source.Reading(value), labels);
    }

    /** A new histogram of durations; its name ends with {@code _seconds}. */
    public Histogram histogram(String name, String help, String... labels) {
        Histogram histogram = new Histogram();
        add(name, help, Type.HISTOGRAM, new Source.Durations(histogram), labels);
        return histogram;
    }

    private synchronized void add(String name, String help, Type type, Source source, String... labels) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not a meter's name: a-z, 0-9 and _");
        }
        Family family = families.computeIfAbsent(name, _ -> new Family(help, type, new LinkedHashMap<>()));
        if (family.type() != type || family.sources().putIfAbsent(PrometheusText.labels(labels), source) != null) {
            throw new IllegalArgumentException(
                    "the meter " + name + PrometheusText.labels(labels) + " is there already");
        }
    }

    /** Everything, in the Prometheus text form. */
    synchronized String scrape() {
        PrometheusText text = new PrometheusText();
        families.forEach((name, family) -> {
            text.family(name, family.help(), family.type().name());
            family.sources().forEach((labels, source) -> {
                switch (source) {
                    case Source.Reading reading ->
                        text.sample(name, labels, reading.value().getAsDouble());
                    case Source.Durations durations -> text.histogram(name, labels, durations.histogram());
                }
            });
        });
        return text.toString();
    }
}
