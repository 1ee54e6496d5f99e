package dev.kvs.security;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A record that says all by being there.
 *
 * @param expiresAt when it goes, milliseconds since the epoch
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Expiring(@JsonProperty("expires_at") long expiresAt) {}
