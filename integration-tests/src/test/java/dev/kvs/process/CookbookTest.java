package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts of {@code docs/kvsctl.md}, run by bash against a real node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class CookbookTest {
    private static final Pattern RECIPE =
            Pattern.compile("### ([^\n]+)\n.*?```sh\n(.*?)```\n\n```text\n(.*?)```", Pattern.DOTALL);

    private NodeProcess node;
    private Path folder;

    /** One script and what it prints. */
    record Recipe(String title, String script, String prints) {
        @Override
        public String toString() {
            return title;
        }
    }

    static List<Recipe> recipes() throws IOException {
        String document = Files.readString(NodeProcess.ROOT.resolve("docs/kvsctl.md"));
        Matcher found = RECIPE.matcher(document.substring(document.indexOf("\n## Cookbook\n")));
        List<Recipe> recipes = new ArrayList<>();
        while (found.find()) {
            recipes.add(new Recipe(found.group(1), found.group(2), found.group(3)));
        }
        return recipes;
    }

    @BeforeAll
    void startANode(@TempDir Path temporary) throws IOException {
        folder = temporary;
        Files.createSymbolicLink(temporary.resolve("kvsctl"), KvsctlProcess.LAUNCHER);
        node = new NodeProcess(temporary);
        node.start();
    }

    @AfterAll
    void endIt() {
        node.close();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void aRecipePrintsWhatItSays(Recipe recipe) throws Exception {
        Path kitchen = Files.createTempDirectory(folder, "recipe");
        KvsctlProcess kvsctl = new KvsctlProcess(kitchen)
                .env("KVSCTL_SERVER", node.url())
                .env("PATH", folder + ":" + System.getenv("PATH"));
        KvsctlProcess.Result result = kvsctl.run(
                new ProcessBuilder("bash", "-c", "set -euo pipefail\n" + recipe.script()).directory(kitchen.toFile()));
        assertThat(result.out()).as(result.err()).isEqualTo(recipe.prints());
        assertThat(result.code()).isZero();
    }

    @Test
    void thereAreTen() throws IOException {
        assertThat(recipes()).hasSize(10);
    }
}
