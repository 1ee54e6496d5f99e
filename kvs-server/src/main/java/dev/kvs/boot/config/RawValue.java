package dev.kvs.boot.config;

import java.util.List;

/** A value as it was written, before its key's type has looked at it. */
sealed interface RawValue {
    /** The value for a report. */
    String text();

    /** One word, number or quoted text; empty when nothing stood behind the colon. */
    record Scalar(String text) implements RawValue {}

    /** A list of scalars. */
    record Items(List<String> items) implements RawValue {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String text() {
            return items.toString();
        }
    }

    /** A mapping, or a list of something else than scalars: no key takes one. */
    record Nested() implements RawValue {
        @Override
        public String text() {
            return "{...}";
        }
    }
}
