package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One of several versions of a key, with all that decides between them.
 *
 * @param uuid the version
 * @param timestamp when it was written, milliseconds since the epoch
 * @param counter tells writes of one millisecond apart, 0 to 65535; timestamp and counter together are the clock that counts
 * @param origin the name of the node that wrote it
 * @param originJoined when that node's data directory was founded, milliseconds since the epoch
 * @param store that data directory
 * @param sequence the number of the write there, from 1
 * @param kind {@code live}, {@code tombstone} or {@code verdict}
 * @param vector per store how many of its writes this one had seen, its own included
 * @param winner whether the key stands for it now
 * @param kept whether its document is still here and can be restored
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Rival(
        UUID uuid,
        long timestamp,
        int counter,
        String origin,
        @JsonProperty("origin_joined") long originJoined,
        UUID store,
        long sequence,
        String kind,
        Map<String, Long> vector,
        boolean winner,
        boolean kept) {
    public Rival {
        Objects.requireNonNull(uuid);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(store);
        Objects.requireNonNull(kind);
        vector = Collections.unmodifiableMap(new TreeMap<>(vector));
    }
}
