package dev.kvs.security;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A record that nobody is shown.
 *
 * @param value an Argon2id hash, or a key in hexadecimal digits
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Secret(String value) {
    @Override
    public String toString() {
        return "Secret[...]";
    }
}
