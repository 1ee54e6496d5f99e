package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ImportReport;

/** An import that did not come to its end, and what it had done until then. */
final class ImportStoppedException extends KvsException {
    private static final long serialVersionUID = 1;

    private final transient ImportReport done;

    ImportStoppedException(KvsException cause, ImportReport done) {
        super(cause.code(), cause.detail());
        this.done = done;
    }

    ImportReport done() {
        return done;
    }
}
