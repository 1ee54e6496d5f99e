package dev.kvs.ctl.command;

import dev.kvs.client.WriteOptions;
import dev.kvs.client.Written;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.MetadataRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl acl set}. */
@Command(
        name = "set",
        description = {
            "Change what is named of a value's owner, group, permissions or time to live, as a new version of the same"
                    + " document.",
            "For its owner, or an administrator."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl acl set recipes/crepes --group cooks --mode cdwrcdwr---r",
            "  kvsctl acl set recipes/crepes --owner ada --ttl 0"
        })
final class AclSetCommand implements Action {

    private final Session session;

    @Parameters(paramLabel = "KEY", description = "The key.")
    String key = "";

    @Option(names = "--owner", paramLabel = "NAME", description = "A user's name; '' for nobody.")
    @Nullable
    String owner;

    @Option(names = "--group", paramLabel = "NAME", description = "A group's name; '' for none.")
    @Nullable
    String group;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "Create, delete, write, read for owner, group, others: cdwr--wr----, or f30 in short.")
    @Nullable
    String mode;

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            description = "How long from now it lives, for example 1h; 0 for ever.")
    @Nullable
    String ttl;

    @Option(names = "--if-match", paramLabel = "UUID", description = "Only when this version is the current one.")
    @Nullable
    String ifMatch;

    AclSetCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (owner == null && group == null && mode == null && ttl == null) {
            throw Failure.usage("name what shall change: --owner, --group, --mode or --ttl");
        }
        if (ttl != null) {
            Settings.duration("--ttl", ttl);
        }
        MetadataRequest request =
                new MetadataRequest(owner, group, null, mode == null ? null : Arguments.mode("--mode", mode), ttl);
        WriteOptions options = Arguments.write(null, ifMatch, false, null);
        if (session.onlyShows(Session.key(key), "would_change")) {
            return ExitCode.OK;
        }
        Written written = session.access().changeMetadata(Session.key(key), request, options);
        PutCommand.confirm(session, key, written);
        return ExitCode.OK;
    }
}
