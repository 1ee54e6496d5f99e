package dev.kvs.wire;

import java.util.Objects;

/**
 * The body of {@code POST /members/join}.
 *
 * @param address where a member is reached, {@code host:port}
 */
public record JoinRequest(String address) {
    public JoinRequest {
        Objects.requireNonNull(address, "address is missing");
    }
}
