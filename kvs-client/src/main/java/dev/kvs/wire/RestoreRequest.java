package dev.kvs.wire;

import java.util.Objects;
import java.util.UUID;

/** The body of {@code POST /kv/{key}/_restore}: {@code {"revision":"01981c2e-..."}}. */
public record RestoreRequest(UUID revision) {
    public RestoreRequest {
        Objects.requireNonNull(revision, "revision is missing");
    }
}
