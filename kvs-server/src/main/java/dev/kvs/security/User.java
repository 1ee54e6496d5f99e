package dev.kvs.security;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;

/**
 * A user as the cluster keeps him, under his name: a name can only belong to one. Values name their owner by the UUID, so
 * that whoever gets a name again later does not get what its former bearer had.
 *
 * @param id never used again
 * @param name see {@link Names}
 * @param scopes the most a token of his may be good for
 * @param createdAt milliseconds since the epoch
 * @param disabled whether his tokens are refused for now
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record User(
        UUID id,
        String name,
        List<String> scopes,
        @JsonProperty("created_at") long createdAt,
        boolean disabled) {
    /**
     * The user that every cluster has from the beginning, the same everywhere, until a record says otherwise: nobody needs to
     * make him first, and two nodes cannot make him twice.
     */
    static final User ROOT =
            new User(new UUID(0x6B76_7300_0000_8000L, 0x8000_0000_0000_0001L), "root", List.of(Scopes.ADMIN), 0, false);

    public User {
        scopes = List.copyOf(scopes);
    }
}
