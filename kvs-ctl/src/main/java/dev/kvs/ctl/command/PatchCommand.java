package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.client.WriteOptions;
import dev.kvs.ctl.output.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl patch}. */
@Command(
        name = "patch",
        description = {
            "Change parts of a document.",
            "An object is a merge patch (RFC 7396): members replace, null removes. An array is a JSON patch (RFC 6902)."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl patch users/ada '{\"city\":\"London\",\"fax\":null}'",
            "  kvsctl patch users/ada '[{\"op\":\"add\",\"path\":\"/tags/-\",\"value\":\"vip\"}]'"
        })
final class PatchCommand implements Action {
    private final Session session;

    @Parameters(index = "0", paramLabel = "KEY", description = "The key, such as users/ada.")
    String key = "";

    @Parameters(index = "1", paramLabel = "PATCH", description = "The patch as JSON.")
    String patch = "";

    @Option(names = "--if-match", paramLabel = "UUID", description = "Only when this version is the current one.")
    @Nullable
    String ifMatch;

    PatchCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Session.key(key);
        WriteOptions options = Arguments.write(null, ifMatch, false, null);
        if (session.settings().dryRun()) {
            session.output().confirmation(PutCommand.DRY_RUN, key, true, patch.length());
            return ExitCode.OK;
        }
        KvsClient client = session.client();
        boolean operations = patch.stripLeading().startsWith("[");
        PutCommand.confirm(
                session,
                key,
                operations ? client.jsonPatch(key, patch, options) : client.mergePatch(key, patch, options));
        return ExitCode.OK;
    }
}
