package dev.kvs.boot.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {
    /** Tests run in their module's directory. */
    private static final Path FILE = Path.of("..", "docs", "configuration.md");

    @Test
    void theDocumentAgreesWithTheTable() throws IOException {
        if ("write".equals(System.getProperty("kvs.docs"))) {
            Files.writeString(FILE, ConfigurationDocument.text());
        }
        assertThat(FILE).hasContent(ConfigurationDocument.text());
    }
}
