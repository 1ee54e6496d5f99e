package dev.kvs.ctl.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code kvsctl} itself: holds the flags that all commands share. */
final class RootCommand {
    private RootCommand() {}

    static CommandSpec spec(GlobalOptions options) {
        CommandSpec spec = CommandSpec.create().name("kvsctl");
        options.specs().forEach(spec::addOption);
        spec.addOption(OptionSpec.builder("--version")
                .versionHelp(true)
                .description("Show the version, as the command version does.")
                .build());
        spec.usageMessage()
                .description("Read, write and watch over a KVS cluster.")
                .synopsisSubcommandLabel("COMMAND")
                .abbreviateSynopsis(true)
                .commandListHeading("%nCommands:%n")
                .optionListHeading("%nFlags, before or after the command:%n")
                .footer(
                        "",
                        "Examples:",
                        "  kvsctl put users/ada '{\"name\":\"Ada\"}'",
                        "  kvsctl get users/ada",
                        "  kvsctl ls -r users -o name",
                        "",
                        "More: kvsctl help COMMAND, or kvsctl help TOPIC: exit-codes, formats, environment,"
                                + " consistency, conflicts,",
                        "security, scripting");
        return spec;
    }
}
