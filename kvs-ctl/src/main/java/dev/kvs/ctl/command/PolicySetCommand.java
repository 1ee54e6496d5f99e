package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.wire.PolicyInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl policy set}. */
@Command(
        name = "set",
        description = {
            "Set the policy of a prefix: who may create below it, and delete what the node has never seen (--mode),"
                    + " and what new values get (--value-mode and the group)."
        },
        footer = {
            "",
            "Example:",
            "  kvsctl policy set recipes --group cooks --mode c---c------- --value-mode cdwrcdwr---r"
        })
final class PolicySetCommand implements Action {

    private final Session session;

    @Parameters(paramLabel = "PREFIX", description = "A key; the policy holds for it and for what lies below.")
    String prefix = "";

    @Option(
            names = "--mode",
            required = true,
            paramLabel = "MODE",
            description = "Who may create and delete blindly: the c and d of owner, group, others, as c---c-------.")
    String mode = "";

    @Option(
            names = "--value-mode",
            required = true,
            paramLabel = "MODE",
            description = "The permissions of new values, as cdwr--wr----, or f30 in short.")
    String valueMode = "";

    @Option(names = "--owner", paramLabel = "NAME", description = "The user whom the owner's bits of --mode are for.")
    @Nullable
    String owner;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "The group whom the group's bits are for; new values get it too.")
    @Nullable
    String group;

    PolicySetCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        PolicyInfo wanted = new PolicyInfo(
                Session.key(prefix),
                owner,
                group,
                Arguments.mode("--mode", mode),
                Arguments.mode("--value-mode", valueMode));
        if (session.onlyShows(prefix, "would_set")) {
            return ExitCode.OK;
        }
        PolicyInfo policy = session.access().setPolicy(wanted);
        session.output().confirmation(PolicyListCommand.COLUMNS, PolicyListCommand.row(policy));
        return ExitCode.OK;
    }
}
