package dev.kvs.security;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.util.regex.Pattern;

/** Names of users and groups: 1 to 64 small ASCII letters, digits and {@code . _ - @ +}, beginning with a letter or digit. */
final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,63}");

    private Names() {}

    /** Refuses with {@code invalid_request}. */
    static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new KvsException(
                    ErrorCode.INVALID_REQUEST,
                    "A name has 1 to 64 small ASCII letters, digits and . _ - @ +, and begins with a letter or digit.");
        }
        return name;
    }
}
