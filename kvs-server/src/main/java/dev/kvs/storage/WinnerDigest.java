package dev.kvs.storage;

import dev.kvs.model.Key;
import java.util.List;

/**
 * A digest over the current winners of all keys, kept up to date by the store and persisted with its checkpoints. The port is
 * the store's; the Merkle tree that compares nodes stands behind it. Every method is called under the log's lock, in the order
 * of the log, and must be quick.
 */
public interface WinnerDigest {
    /** Keeps nothing. */
    WinnerDigest NONE = new WinnerDigest() {
        @Override
        public void change(Key key, long removed, long added) {}

        @Override
        public List<Page> takeChanged() {
            return List.of();
        }

        @Override
        public void restore(List<Page> pages) {}
    };

    /** A key's winner has changed: takes one {@link dev.kvs.model.Version#digestPrefix} away and adds another, 0 for none. */
    void change(Key key, long removed, long added);

    /** Copies of the pages that changed since the last call. */
    List<Page> takeChanged();

    /** Takes the pages that were persisted; called once, before anything else. */
    void restore(List<Page> pages);

    /** A part of the digest, in an encoding of its own. */
    record Page(int number, byte[] bytes) {}
}
