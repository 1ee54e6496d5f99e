package dev.kvs.membership;

import java.util.Locale;
import java.util.Optional;

/** How the kinds of content are called in a message. */
enum MessageKind {
    JOIN,
    WELCOME,
    WAIT,
    EXCHANGE,
    PROBE,
    ACK,
    PROBE_FOR,
    REPORT;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    String word() {
        return word;
    }

    static MessageKind of(Content content) {
        return switch (content) {
            case Content.Join _ -> JOIN;
            case Content.Welcome _ -> WELCOME;
            case Content.Wait _ -> WAIT;
            case Content.Exchange _ -> EXCHANGE;
            case Content.Probe _ -> PROBE;
            case Content.Ack _ -> ACK;
            case Content.ProbeFor _ -> PROBE_FOR;
            case Content.Report _ -> REPORT;
        };
    }

    static Optional<MessageKind> of(String word) {
        for (MessageKind kind : values()) {
            if (kind.word.equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
