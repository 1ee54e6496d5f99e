package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The query of one request: each parameter known to the route, and given at most once. */
final class QueryParameters {
    /** Digits that always fit an int; no parameter needs more. */
    private static final int DIGITS_MAX = 9;

    /** What most requests have. */
    static final QueryParameters NONE = new QueryParameters(Map.of());

    private final Map<String, String> values;

    private QueryParameters(Map<String, String> values) {
        this.values = values;
    }

    /** Reads a raw query; {@code unknown_parameter} names the one and the known ones, {@code invalid_parameter}. */
    static QueryParameters of(@Nullable String rawQuery, Route route) {
        if (rawQuery == null || rawQuery.isEmpty() || route.parameters().contains(Route.ANY_PARAMETER)) {
            return NONE;
        }
        Map<String, String> values = new HashMap<>();
        for (int start = 0; start <= rawQuery.length(); ) {
            int and = rawQuery.indexOf('&', start);
            int end = and < 0 ? rawQuery.length() : and;
            if (end > start) {
                add(values, rawQuery.substring(start, end), route);
            }
            start = end + 1;
        }
        return new QueryParameters(values);
    }

    private static void add(Map<String, String> values, String pair, Route route) {
        int equals = pair.indexOf('=');
        String name = PercentDecoding.parameter(equals < 0 ? pair : pair.substring(0, equals));
        if (!route.parameters().contains(name)) {
            throw unknown(name, route.parameters());
        }
        String value = equals < 0 ? "" : PercentDecoding.parameter(pair.substring(equals + 1));
        if (values.putIfAbsent(name, value) != null) {
            throw invalid(name, "is given more than once; give it once");
        }
    }

    private static KvsException unknown(String name, Set<String> known) {
        String choice =
                known.isEmpty() ? "there are none" : "the known ones are " + String.join(", ", new TreeSet<>(known));
        return new KvsException(
                ErrorCode.UNKNOWN_PARAMETER,
                "The query parameter " + Quoted.of(name) + " is not known here; " + choice + ".");
    }

    /** The refusal of a value. */
    static KvsException invalid(String name, String why) {
        return new KvsException(ErrorCode.INVALID_PARAMETER, "The query parameter '" + name + "' " + why + ".");
    }

    /** A parameter's value, empty when it stands without {@code =}; null when it is not given. */
    @Nullable
    String get(String name) {
        return values.get(name);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** {@code ?flag}, {@code ?flag=true} or {@code ?flag=false}; false when it is not given. */
    boolean flag(String name) {
        String value = values.get(name);
        if (value == null) {
            return false;
        }
        return switch (value) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw invalid(name, "is true or false, not " + Quoted.of(value));
        };
    }

    /** A whole number from {@code least}, 0 or more, to {@code most}; {@code absent} when it is not given. */
    int number(String name, int least, int most, int absent) {
        String value = values.get(name);
        if (value == null) {
            return absent;
        }
        boolean digits = value.length() <= DIGITS_MAX && value.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits && !value.isEmpty() ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw invalid(name, "is a whole number from " + least + " to " + most + ", not " + Quoted.of(value));
        }
        return number;
    }
}
