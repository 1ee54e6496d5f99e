package dev.kvs.ctl.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kvsctl} itself: holds the flags that all commands share. */
@Command(
        name = "kvsctl",
        description = "Read, write and watch over a KVS cluster.",
        synopsisSubcommandLabel = "COMMAND",
        abbreviateSynopsis = true,
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nFlags, before or after the command:%n",
        footer = {
            "",
            "Examples:",
            "  kvsctl put users/ada '{\"name\":\"Ada\"}'",
            "  kvsctl get users/ada",
            "  kvsctl ls -r users -o name",
            "",
            "More: kvsctl help COMMAND, or kvsctl help TOPIC: exit-codes, formats, environment, consistency,"
                    + " conflicts,",
            "security, scripting"
        })
final class RootCommand {
    @Mixin
    final GlobalOptions options;

    @Option(names = "--version", versionHelp = true, description = "Show the version, as the command version does.")
    boolean version;

    RootCommand(GlobalOptions options) {
        this.options = options;
    }
}
