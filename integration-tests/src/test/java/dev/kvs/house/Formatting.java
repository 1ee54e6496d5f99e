package dev.kvs.house;

import com.palantir.javaformat.java.Main;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The formatter's own verdict, from the same entry and with the same options as {@code integration-tests/format}. */
final class Formatting {
    private Formatting() {}

    static List<Breach> unformatted(List<Path> files) throws Exception {
        var different = new StringWriter();
        var problems = new StringWriter();
        var formatter = new Main(
                new PrintWriter(different, true), new PrintWriter(problems, true), InputStream.nullInputStream());
        var arguments = Stream.concat(
                Stream.of("--palantir", "--dry-run"), files.stream().map(Path::toString));
        formatter.format(arguments.toArray(String[]::new));
        return Stream.concat(
                        different.toString().lines().map(file -> new Breach(file, "run integration-tests/format")),
                        problems.toString().lines().map(line -> new Breach("formatter", line)))
                .toList();
    }
}
