package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl config validate}: asks the node's own program, so that there is one set of rules. */
@Command(
        name = "validate",
        description = {
            "Say whether a node could start with a configuration file, by the rules of the node's own program on this"
                    + " machine (kvs --check-config). All problems are listed at once; exit code 2 when there are any."
        },
        footer = {"", "Example:", "  kvsctl config validate config.yaml"})
final class ConfigValidateCommand implements Action {
    private static final List<Column> COLUMNS = List.of(Column.of("file"), Column.of("valid"));

    /** The node's exit codes for a command line and for a configuration that make no sense. */
    private static final List<Integer> REFUSALS = List.of(2, 3);

    private final Session session;

    @Parameters(paramLabel = "FILE", description = "The file.")
    String file = "";

    ConfigValidateCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        String program = session.settings().nodeProgram();
        try {
            Process check = new ProcessBuilder(program, "--check-config", file)
                    .redirectErrorStream(true)
                    .start();
            check.getOutputStream().close();
            String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int code = check.waitFor();
            if (code == 0) {
                session.output().single(COLUMNS, file, true);
                session.output().note(said);
                return ExitCode.OK;
            }
            throw REFUSALS.contains(code)
                    ? Failure.of(ExitCode.USAGE, "invalid_config", said)
                    : Failure.of(ExitCode.SERVER_ERROR, "check_failed", program + " failed: " + said);
        } catch (IOException e) {
            throw Failure.of(
                    ExitCode.SERVER_ERROR,
                    "no_node_program",
                    program + " cannot be run here: " + e.getMessage() + "; KVSCTL_NODE_PROGRAM names another");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(ExitCode.CANCELLED, "cancelled", "interrupted while the configuration was checked");
        }
    }
}
