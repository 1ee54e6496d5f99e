package dev.kvs.boot;

import dev.kvs.http.Mode;
import dev.kvs.http.ModeSwitch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's mode, kept in memory: {@code read_only} of the configuration decides again at the next start. */
final class NodeMode implements ModeSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(NodeMode.class);

    private volatile Mode mode;

    NodeMode(boolean readOnly) {
        this.mode = readOnly ? Mode.READ_ONLY : Mode.NORMAL;
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public void change(Mode mode) {
        this.mode = mode;
        LOG.info("The node's mode is now {}", mode.word());
    }
}
