package dev.kvs.boot;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been opened, to be closed in reverse order. A part that fails to close does not keep the others open. Used by
 * one thread at a time.
 */
final class OpenParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenParts.class);

    private final Deque<Part> parts = new ArrayDeque<>();

    private record Part(String name, AutoCloseable resource) {}

    /** Remembers a part that was just opened, and gives it back. */
    <T extends AutoCloseable> T add(String name, T resource) {
        parts.push(new Part(name, resource));
        return resource;
    }

    /** Whether nothing is open. */
    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Closes everything, last first; once. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.resource().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                LOG.warn("Closing {} was interrupted", part.name(), e);
            } catch (Exception e) {
                LOG.error("{} did not close in order", part.name(), e);
            }
        }
    }
}
