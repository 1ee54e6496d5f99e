package dev.kvs.console.page;

import dev.kvs.console.web.Form;
import dev.kvs.wire.Paths;

/** Where things are: pages below the mount, and lines for a shell. */
final class Links {
    private Links() {}

    static String key(String key) {
        return "/key" + Form.query("k", key);
    }

    static String keys(String prefix) {
        return "/keys" + Form.query("prefix", prefix);
    }

    static String moving(String key) {
        return "/key/move" + Form.query("k", key);
    }

    static String deletion(String prefix) {
        return "/keys/delete" + Form.query("prefix", prefix);
    }

    /** A word that a shell takes as it is. */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    static String kvsctl(Visit visit, String... words) {
        StringBuilder line = new StringBuilder("kvsctl");
        for (String word : words) {
            line.append(' ').append(quoted(word));
        }
        return line.append(" -s ").append(visit.server()).toString();
    }

    static String curl(Visit visit, String key) {
        String auth = visit.isGuarded() ? "-H \"Authorization: Bearer $TOKEN\" " : "";
        return "curl " + auth + quoted(visit.server() + Paths.key(key));
    }
}
