package dev.kvs.boot;

import dev.kvs.http.Mode;
import dev.kvs.http.ModeSwitch;
import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's mode, kept in memory: {@code read_only} of the configuration decides again at the next start. While the node
 * catches up it is syncing, whatever was chosen; then the choice counts. Once it has left its cluster it stays read-only.
 */
final class NodeMode implements ModeSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(NodeMode.class);

    private static final String LEFT = "The node has left its cluster and takes no writes; restart it to join again.";

    private volatile Mode chosen;
    private volatile boolean syncing;
    private volatile boolean left;
    private volatile Consumer<Mode> listener = changed -> {};

    NodeMode(boolean readOnly) {
        this.chosen = readOnly ? Mode.READ_ONLY : Mode.NORMAL;
    }

    @Override
    public Mode mode() {
        if (left) {
            return Mode.READ_ONLY;
        }
        return syncing ? Mode.SYNCING : chosen;
    }

    @Override
    public String reason() {
        return left ? LEFT : ModeSwitch.super.reason();
    }

    @Override
    public void change(Mode mode) {
        if (left) {
            throw new KvsException(ErrorCode.READ_ONLY, LEFT);
        }
        chosen = mode;
        told();
    }

    /** Takes no writes any more: nobody would take them over. */
    void leave() {
        if (!left) {
            left = true;
            told();
        }
    }

    /** Begins or ends to catch up. */
    void syncing(boolean now) {
        if (syncing != now) {
            syncing = now;
            told();
        }
    }

    /** Tells {@code heard} of every change from now on. */
    void onChange(Consumer<Mode> heard) {
        listener = heard;
    }

    /** One at a time, so that the last word is of the last change. */
    private synchronized void told() {
        Mode now = mode();
        LOG.info("The node's mode is now {}", now.word());
        listener.accept(now);
    }
}
