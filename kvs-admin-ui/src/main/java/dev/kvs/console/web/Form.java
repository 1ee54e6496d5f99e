package dev.kvs.console.web;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names and values of a query or of a posted form, in their order.
 *
 * @param fields every name with at least one value
 */
public record Form(Map<String, List<String>> fields) {
    /** More fields than any page has; the rest is not read. */
    private static final int FIELDS_MAX = 500;

    public static final Form EMPTY = new Form(Map.of());

    /** Reads {@code application/x-www-form-urlencoded}. */
    public static Form parse(String encoded) {
        if (encoded.isEmpty()) {
            return EMPTY;
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String pair : encoded.split("&", FIELDS_MAX)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (!name.isEmpty()) {
                fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
        return new Form(fields);
    }

    /** What is no escape stands for itself: it is a person's address, and he sees what he has written. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noEscape) {
            return text;
        }
    }

    /** Text for a place in a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A query of names and values in turn, with its question mark; those with an empty value are left out. */
    public static String query(String... pairs) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            if (!pairs[i + 1].isEmpty()) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(encode(pairs[i]))
                        .append('=')
                        .append(encode(pairs[i + 1]));
            }
        }
        return query.toString();
    }

    /** The first value; empty when there is none. */
    public String text(String name) {
        List<String> values = fields.get(name);
        return values == null ? "" : values.getFirst();
    }

    /** The first value without blanks around it, when there is anything left. */
    public Optional<String> filled(String name) {
        String text = text(name).strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** All values. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }
}
