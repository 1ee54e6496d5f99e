package dev.kvs.storage;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For a class of tests whose thousands of planned failures would each be logged as the disaster it is. */
public final class SilentStorage implements BeforeAllCallback, AfterAllCallback {
    /** Held, because the log manager forgets loggers that nobody holds. */
    private static final Logger LOG = Logger.getLogger("dev.kvs.storage");

    private static final @Nullable Level USUAL = LOG.getLevel();

    @Override
    public void beforeAll(ExtensionContext context) {
        LOG.setLevel(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        LOG.setLevel(USUAL);
    }
}
