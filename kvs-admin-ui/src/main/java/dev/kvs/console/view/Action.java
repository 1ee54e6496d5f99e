package dev.kvs.console.view;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A button that posts.
 *
 * @param path below the mount
 * @param fields what is posted with it
 * @param tone {@code plain}, {@code main} or {@code danger}
 */
public record Action(String label, String path, Map<String, String> fields, String tone) {
    public Action {
        fields = new LinkedHashMap<>(fields);
    }

    public static Action plain(String label, String path, Map<String, String> fields) {
        return new Action(label, path, fields, "plain");
    }

    public static Action main(String label, String path, Map<String, String> fields) {
        return new Action(label, path, fields, "main");
    }

    public static Action danger(String label, String path, Map<String, String> fields) {
        return new Action(label, path, fields, "danger");
    }
}
