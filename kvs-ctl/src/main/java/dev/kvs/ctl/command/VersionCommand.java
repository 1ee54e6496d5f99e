package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code kvsctl version}. */
@Command(
        name = "version",
        description = "Show the version of this program and of the Java it runs on. Asks no server.",
        footer = {"", "Example:", "  kvsctl version -o json"})
final class VersionCommand implements Action {
    private static final List<Column> COLUMNS = List.of(Column.of("version"), Column.of("java"));

    private final Session session;

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        session.output().single(COLUMNS, version(), Runtime.version().toString());
        return ExitCode.OK;
    }

    /** The version of the build, which writes it into this resource. */
    static String version() {
        try (InputStream in = VersionCommand.class.getResourceAsStream("version.txt")) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
