package dev.kvs.ctl.command;

import dev.kvs.ctl.context.Context;
import dev.kvs.ctl.context.Contexts;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl context set}. */
@Command(
        name = "set",
        description = {
            "Keep under a name where a cluster is and how to talk to it: what --server, --token-file and --cacert say.",
            "What no flag names stays as it is, an empty text takes it away. With --token-file - the token is kept in a"
                    + " file of its own, readable by you alone."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl context set staging -s http://10.0.0.1:8080,http://10.0.0.2:8080",
            "  kvsctl context set production -s https://10.1.0.1:8443 --cacert ca.pem --protect",
            "  pass show kvs | kvsctl context set production --token-file -"
        })
final class ContextSetCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "Letters, digits, dots, dashes and underscores.")
    String name = "";

    @Option(names = "--protect", description = "Ask for the name before anything is destroyed there.")
    boolean protect;

    @Option(names = "--unprotect", description = "Ask for it no more.")
    boolean unprotect;

    ContextSetCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (protect && unprotect) {
            throw Failure.usage("--protect and --unprotect exclude each other");
        }
        Contexts contexts = session.settings().contexts();
        Context context = changed(contexts.find(name).orElseGet(() -> Context.named(name)));
        if (context.server() == null) {
            throw Failure.usage("the context " + name + " needs --server, the addresses of its nodes");
        }
        if (session.onlyShows(name, "would_set")) {
            return ExitCode.OK;
        }
        if ("-".equals(context.tokenFile())) {
            String token = String.valueOf(
                    Credentials.token(session.settings(), session.output().streams()));
            context = context.withTokenFile(
                    session.tokenFiles().keepForContext(name, token).toString());
        }
        Contexts kept = contexts.with(context);
        session.contextFile().write(kept);
        session.output().confirmation(ContextListCommand.COLUMNS, ContextListCommand.row(kept, context));
        return ExitCode.OK;
    }

    private Context changed(Context context) {
        GlobalOptions flags = session.settings().flags();
        Context changed = context.withGuarded(protect || (context.guarded() && !unprotect));
        if (flags.server != null) {
            if (!flags.server.isEmpty()) {
                Settings.servers(flags.server);
            }
            changed = changed.withServer(given(flags.server));
        }
        if (flags.caCert != null) {
            changed = changed.withCaCert(path("--cacert", flags.caCert));
        }
        if (flags.tokenFile != null) {
            changed = changed.withTokenFile(
                    flags.tokenFile.equals("-") ? flags.tokenFile : path("--token-file", flags.tokenFile));
        }
        return changed;
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }

    /** Absolute, since the next command may run in another folder. */
    private static @Nullable String path(String flag, String file) {
        try {
            return file.isEmpty()
                    ? null
                    : Path.of(file).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException e) {
            throw Failure.usage(flag + " " + file + " is not a path");
        }
    }
}
