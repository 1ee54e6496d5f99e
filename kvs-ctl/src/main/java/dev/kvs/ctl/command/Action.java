package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;

/** What a command does once its words are read. */
@FunctionalInterface
public interface Action {
    /** Does it and says how it ended; throws {@link dev.kvs.ctl.output.Failure} or what the client throws. */
    ExitCode run();
}
