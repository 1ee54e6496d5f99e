package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kvsctl open}. */
@Command(
        name = "open",
        description = {
            "Open the node's console in a browser (BROWSER, or what the system opens addresses with).",
            "Without a terminal the address is printed, and nothing is opened."
        },
        footer = {"", "Examples:", "  kvsctl open", "  kvsctl open --print -c staging"})
final class OpenCommand implements Action {
    private static final String CONSOLE = "/ui";

    private final Session session;

    @Option(names = "--print", description = "Print the address, and open nothing.")
    boolean print;

    OpenCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        String address = session.settings().servers().getFirst() + CONSOLE;
        session.output().print(address);
        if (print || !session.output().streams().outIsTerminal()) {
            return ExitCode.OK;
        }
        List<String> command = List.of("sh", "-c", session.settings().browser() + " \"$1\"", "sh", address);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() == 0) {
                return ExitCode.OK;
            }
        } catch (IOException e) {
            throw Failure.of(ExitCode.SERVER_ERROR, "no_browser", "no browser can be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(ExitCode.CANCELLED, "cancelled", "interrupted while the browser started");
        }
        throw Failure.of(ExitCode.SERVER_ERROR, "no_browser", "no browser could be started; BROWSER names one");
    }
}
