package dev.kvs.security;

import java.util.UUID;

/**
 * What a token says, once its signature was found good.
 *
 * @param id the claim {@code jti}
 * @param user the claim {@code sub}
 * @param scopes what it is good for at most
 * @param issuedAt milliseconds since the epoch, whole seconds
 * @param expiresAt milliseconds since the epoch, whole seconds
 */
record Claims(UUID id, UUID user, Scopes scopes, long issuedAt, long expiresAt) {}
