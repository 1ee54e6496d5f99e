package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A class of tests that share two nodes with data and one browser, which must not have complained of anything after any of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConsoleInBrowser {
    Path folder;
    ConsoleScene scene;
    ConsoleBrowser browser;

    @BeforeAll
    void open(@TempDir Path temporary) throws Exception {
        folder = temporary;
        scene = new ConsoleScene(folder);
        scene.fill();
        browser = new ConsoleBrowser();
    }

    @AfterEach
    void nothingWasComplainedOf() {
        assertThat(browser.complaints()).isEmpty();
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
        }
        if (scene != null) {
            scene.close();
        }
    }
}
