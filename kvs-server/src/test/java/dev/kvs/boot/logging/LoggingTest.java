package dev.kvs.boot.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.boot.config.LoggingConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose entries are logged at which level. */
class LoggingTest {
    private static final Logger OWN = LoggerFactory.getLogger("dev.kvs.anything");
    private static final Logger LIBRARY = LoggerFactory.getLogger("javax.something");
    private static final Logger QUIET = LoggerFactory.getLogger("io.helidon.something");

    @AfterEach
    void logsAsBefore() {
        Logging.configure(
                new LoggingConfig(LoggingConfig.Level.INFO, LoggingConfig.Format.TEXT),
                new PrintStream(System.err, true, UTF_8));
    }

    private static String logged(LoggingConfig.Level level) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        Logging.configure(new LoggingConfig(level, LoggingConfig.Format.TEXT), new PrintStream(target, true, UTF_8));
        for (Logger logger : new Logger[] {OWN, LIBRARY, QUIET}) {
            logger.debug("a detail of {}", logger.getName());
            logger.info("news of {}", logger.getName());
            logger.warn("a warning of {}", logger.getName());
        }
        return target.toString(UTF_8);
    }

    @Test
    void debugShowsTheNodesDetailsAndNotThoseOfItsLibraries() {
        assertThat(logged(LoggingConfig.Level.DEBUG).lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("a detail of dev.kvs.anything"),
                        line -> assertThat(line).endsWith("news of dev.kvs.anything"),
                        line -> assertThat(line).endsWith("a warning of dev.kvs.anything"),
                        line -> assertThat(line).endsWith("news of javax.something"),
                        line -> assertThat(line).endsWith("a warning of javax.something"),
                        line -> assertThat(line).endsWith("a warning of io.helidon.something"));
    }

    @Test
    void traceShowsEverything() {
        assertThat(logged(LoggingConfig.Level.TRACE)).contains("a detail of javax.something", "a detail of io.helidon");
    }

    @Test
    void errorShowsNoWarning() {
        assertThat(logged(LoggingConfig.Level.ERROR)).isEmpty();
    }
}
