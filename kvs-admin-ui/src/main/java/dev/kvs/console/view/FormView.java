package dev.kvs.console.view;

import java.util.List;

/**
 * A form.
 *
 * @param path below the mount
 * @param posts whether it changes something; otherwise it is a question, and its answer can be kept as a link
 * @param id begins the identities of its fields
 */
public record FormView(String path, boolean posts, String id, String button, List<Field> fields) {
    public String method() {
        return posts ? "post" : "get";
    }
}
