package dev.kvs.http;

import java.util.Locale;

/**
 * Writes the Prometheus text exposition format, version 0.0.4:
 *
 * <pre>{@code
 * # HELP kvs_wal_bytes_total Bytes appended to the log.
 * # TYPE kvs_wal_bytes_total counter
 * kvs_wal_bytes_total 1048576
 * }</pre>
 */
final class PrometheusText {
    /** Whole numbers up to here are exact in a double and are written without an exponent. */
    private static final double EXACT_MAX = 1L << 53;

    private final StringBuilder text = new StringBuilder(4096);

    /** Labels given as names and values in turn, as they stand in a line: {@code {a="1",b="2"}}; empty for none. */
    static String labels(String... pairs) {
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException("labels are names and values in turn");
        }
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            String value =
                    pairs[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            labels.append(i == 0 ? "{" : ",")
                    .append(pairs[i])
                    .append("=\"")
                    .append(value)
                    .append('"');
        }
        return labels.isEmpty() ? "" : labels.append('}').toString();
    }

    void family(String name, String help, String type) {
        String oneLine = help.replace("\\", "\\\\").replace("\n", "\\n");
        text.append("# HELP ").append(name).append(' ').append(oneLine).append('\n');
        text.append("# TYPE ")
                .append(name)
                .append(' ')
                .append(type.toLowerCase(Locale.ROOT))
                .append('\n');
    }

    void sample(String name, String labels, double value) {
        text.append(name).append(labels).append(' ').append(number(value)).append('\n');
    }

    /** Cumulative buckets, sum and count. */
    void histogram(String name, String labels, Histogram histogram) {
        String open = labels.isEmpty() ? "{" : labels.substring(0, labels.length() - 1) + ",";
        long count = 0;
        for (int bucket = 0; bucket < Histogram.buckets(); bucket++) {
            count += histogram.count(bucket);
            sample(name + "_bucket", open + "le=\"" + number(Histogram.bound(bucket)) + "\"}", (double) count);
        }
        sample(name + "_sum", labels, histogram.sum());
        sample(name + "_count", labels, (double) count);
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == Math.rint(value) && Math.abs(value) <= EXACT_MAX) {
            return Long.toString((long) value);
        }
        return Double.toString(value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
