package dev.kvs.security;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.util.regex.Pattern;

/** Names of users and groups: 1 to 64 small ASCII letters, digits and {@code . _ - @ +}, beginning with a letter or digit. */
final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,63}");

    private Names() {}

    /** Whether a user or group could be called that. */
    static boolean isOne(String name) {
        return NAME.matcher(name).matches();
    }

    /** Refuses with {@code invalid_request}. */
    static String checked(String name) {
        if (!isOne(name)) {
            throw new KvsException(
                    ErrorCode.INVALID_REQUEST,
                    "A name has 1 to 64 small ASCII letters, digits and . _ - @ +, and begins with a letter or digit.");
        }
        return name;
    }

    static KvsException noUser(String name) {
        return new KvsException(ErrorCode.USER_NOT_FOUND, "There is no user " + shown(name) + ".");
    }

    static KvsException noGroup(String name) {
        return new KvsException(ErrorCode.GROUP_NOT_FOUND, "There is no group " + shown(name) + ".");
    }

    /** What can be no name may be long, or disturb a terminal. */
    private static String shown(String name) {
        return isOne(name) ? "'" + name + "'" : "of this name";
    }
}
