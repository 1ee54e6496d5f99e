package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KvsctlDocumentTest {
    /** Tests run in their module's directory. */
    private static final Path FILE = Path.of("..", "docs", "kvsctl.md");

    @Test
    void theDocumentAgreesWithTheCommands() throws IOException {
        if ("write".equals(System.getProperty("kvs.docs"))) {
            Files.writeString(FILE, KvsctlDocument.text());
        }
        assertThat(FILE).hasContent(KvsctlDocument.text());
    }

    @Test
    void theCookbookHasTenScripts() throws IOException {
        assertThat(KvsctlDocument.cookbook().split("\n```sh\n", -1)).hasSize(11);
    }
}
