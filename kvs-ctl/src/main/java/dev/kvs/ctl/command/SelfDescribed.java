package dev.kvs.ctl.command;

import picocli.CommandLine.Model.CommandSpec;

/**
 * A command that puts its part of the command line together itself instead of by annotations: what is called most, as reading
 * the first annotation takes a new process as long as the rest of such a command (decision 0026).
 */
interface SelfDescribed extends Action {
    /** The command line's part, which fills in this command. */
    CommandSpec spec();
}
