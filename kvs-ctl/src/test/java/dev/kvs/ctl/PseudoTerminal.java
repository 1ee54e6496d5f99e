package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A program at a pseudo-terminal, which {@code script} makes: what is typed, and what is seen. */
final class PseudoTerminal implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 120;

    private final Process process;
    private final StringBuilder seen = new StringBuilder();

    /** Runs a line of {@code sh} at a terminal so wide. */
    PseudoTerminal(String line, int columns, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("script", "-qec", "stty cols " + columns + " rows 24; exec " + line, "/dev/null");
        builder.environment().put("TERM", "xterm");
        builder.environment().putAll(environment);
        process = builder.redirectErrorStream(true).start();
    }

    void type(String keys) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write(keys.getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** Reads until a text is seen behind what was awaited before; gives what came until then. */
    String await(String text) throws IOException {
        seen.setLength(0);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (seen.indexOf(text) < 0) {
            // A read would wait for ever for what does not come.
            if (process.isAlive() && process.getInputStream().available() == 0) {
                assertThat(System.nanoTime())
                        .as("'%s' has not come, behind: %s", text, seen)
                        .isLessThan(deadline);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                continue;
            }
            int c = process.getInputStream().read();
            assertThat(c).as("the end instead of '%s', behind: %s", text, seen).isNotNegative();
            seen.append((char) c);
        }
        return seen.toString();
    }

    void awaitEnd() throws IOException, InterruptedException {
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
