package dev.kvs.testconflict;

import dev.kvs.model.Hlc;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A conflict that was made: two versions of one key with the same timestamp, each in one of the two directories.
 *
 * @param first the version in the first directory
 * @param second the version in the second directory
 */
record Seed(Version first, Version second) {
    /** The one that every node will show in the end. */
    Version winner() {
        return VersionOrder.INSTANCE.winner(first, second);
    }

    /** The one that will stand in every history. */
    Version loser() {
        return winner().equals(first) ? second : first;
    }

    /** Why, as a sentence for a person. */
    String reason() {
        Version winner = winner();
        Version loser = loser();
        return switch (VersionOrder.INSTANCE.ruleFor(winner, loser)) {
            case OLDEST_NODE ->
                "both have the timestamp " + time(winner) + ", so the origin that joined earlier wins: "
                        + winner.origin().node() + " joined "
                        + moment(winner.origin().joinedMillis()) + ", "
                        + loser.origin().node()
                        + " joined " + moment(loser.origin().joinedMillis()) + ".";
            case SMALLER_UUID ->
                "both have the timestamp " + time(winner) + " and both origins joined "
                        + moment(winner.origin().joinedMillis()) + ", so the smaller UUID wins: "
                        + winner.uuid() + " < " + loser.uuid() + ".";
            case LATER_TIMESTAMP, VERDICT, GREATER_DIGEST, SAME ->
                throw new IllegalStateException("two plain versions were made with one timestamp and two UUIDs");
        };
    }

    /** Milliseconds and the counter that orders writes within one. */
    private static String time(Version version) {
        long millis = Hlc.millis(version.hlc());
        long counter = version.hlc() - Hlc.ofMillis(millis);
        return moment(millis) + " (" + millis + ", counter " + counter + ")";
    }

    private static String moment(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /** The document of a version, as it was given. */
    static String document(Version version) {
        byte[] body = version.body();
        return body == null ? "" : new String(body, StandardCharsets.UTF_8);
    }
}
