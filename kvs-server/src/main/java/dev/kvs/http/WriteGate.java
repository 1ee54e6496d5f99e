package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;

/** Whether clients may write now. */
final class WriteGate {
    private final RunningRequests running;
    private final ModeSwitch mode;

    WriteGate(RunningRequests running, ModeSwitch mode) {
        this.running = running;
        this.mode = mode;
    }

    /** Returns when they may; {@code shutting_down}, {@code read_only}, {@code syncing}. */
    void check() {
        if (running.isDraining()) {
            throw new KvsException(
                    ErrorCode.SHUTTING_DOWN, "The node is shutting down; write to another one, or later.");
        }
        switch (mode.mode()) {
            case NORMAL -> {}
            case READ_ONLY -> throw new KvsException(ErrorCode.READ_ONLY, mode.reason());
            case SYNCING -> throw new KvsException(ErrorCode.SYNCING, mode.reason());
        }
    }
}
