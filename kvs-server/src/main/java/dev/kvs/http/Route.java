package dev.kvs.http;

import java.util.List;
import java.util.Set;

/**
 * One row of the route table. Dispatch, 405, the check of query parameters, the check of media types, the OpenAPI
 * document's test and the hostile-input tests all read these rows and nothing else.
 *
 * @param method the HTTP method; {@code GET} also answers {@code HEAD}
 * @param template the path as people write it: {@code /kv/{key}/_history}
 * @param parameters every query parameter that is known here
 * @param mediaTypes the media types of the body that are taken, the default first; empty when the route takes no body
 * @param access what the caller must be allowed to do
 * @param lane what the route's requests are counted with while they are answered
 * @param action what answers
 */
record Route(
        String method,
        String template,
        Set<String> parameters,
        List<String> mediaTypes,
        Access access,
        Lane lane,
        Action action) {
    /** Stands for a key in a template. */
    static final String KEY = "{key}";

    /** Stands for one segment that names something else than a key, at the end of a template. */
    static final String ID = "{id}";

    /** Stands for the rest of a path, whatever it is, at the end of a template. */
    static final String REST = "{path}";

    /** Instead of the names of parameters: whoever answers reads them. */
    static final String ANY_PARAMETER = "*";

    /** Answers a request that has been matched to a route, and whose parameters are all known. */
    @FunctionalInterface
    interface Action {
        void answer(Exchange exchange);
    }

    /** How many requests may be answered at a time is counted in lanes, so that no kind takes the places of another. */
    enum Lane {
        /** What clients ask and get at once. */
        REQUEST,
        /** Whether the node lives: one that is busy does. */
        HEALTH,
        /** Calls of nodes. */
        NODE,
        /** Answers that do not end. */
        WATCH,
        /** Bodies and answers of any length. */
        BULK;

        /** Whether an answer may take longer than any timeout. */
        boolean isLong() {
            return this == WATCH || this == BULK;
        }
    }

    Route {
        parameters = Set.copyOf(parameters);
        mediaTypes = List.copyOf(mediaTypes);
    }

    /** A route whose requests are answered at once. */
    Route(
            String method,
            String template,
            Set<String> parameters,
            List<String> mediaTypes,
            Access access,
            Action action) {
        this(
                method,
                template,
                parameters,
                mediaTypes,
                access,
                access == Access.NODE ? Lane.NODE : Lane.REQUEST,
                action);
    }

    boolean takesBody() {
        return !mediaTypes.isEmpty();
    }
}
