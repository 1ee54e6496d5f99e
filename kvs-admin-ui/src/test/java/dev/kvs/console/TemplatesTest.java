package dev.kvs.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a strict content policy forbids, and what lets a stored value become markup, stands in no template. */
class TemplatesTest {
    private static final Path TEMPLATES = Path.of("src/main/resources/dev/kvs/console/templates");
    private static final List<Pattern> BANNED = List.of(
            Pattern.compile("th:utext"),
            Pattern.compile("\\[\\("),
            Pattern.compile("(?i)\\sstyle\\s*="),
            Pattern.compile("(?i)<style"),
            Pattern.compile("(?i)\\son[a-z]+\\s*="),
            Pattern.compile("(?i)th:on[a-z]+\\s*="),
            Pattern.compile("(?i)th:style"),
            Pattern.compile("(?i)javascript:"),
            Pattern.compile("(?i)<script(?![^>]*\\ssrc=)(?![^>]*th:src=)"),
            Pattern.compile("(?i)<(iframe|object|embed|base)\\b"),
            // Replacement comes before conditions in Thymeleaf: the condition would be ignored.
            Pattern.compile("<[^>]*th:(if|unless|each)=[^>]*th:replace="),
            // A fragment's name also selects every element of that name: table would be all tables.
            Pattern.compile("fragments :: (?!the-)"),
            // HTML ends a paragraph where a block begins, and so would the parser end what stands around the block.
            Pattern.compile("<p\\b[^>]*>(?:(?!</p>).)*<(form|div|section|ul|ol|dl|nav|table|pre)\\b", Pattern.DOTALL));

    private static List<Path> templates() throws IOException {
        try (var files = Files.list(TEMPLATES)) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void noTemplateHasWhatIsBanned() throws IOException {
        assertThat(templates()).hasSizeGreaterThan(10);
        for (Path template : templates()) {
            String text = Files.readString(template);
            for (Pattern banned : BANNED) {
                assertThat(banned.matcher(text).find())
                        .as("%s in %s", banned, template.getFileName())
                        .isFalse();
            }
        }
    }

    @Test
    void theBansFindWhatTheyAreFor() {
        List<String> bad = List.of(
                "<p th:utext=\"${x}\">",
                "<p>[(${x})]</p>",
                "<p style=\"color:red\">",
                "<style>",
                "<p onclick=\"x()\">",
                "<p th:onclick=\"x\">",
                "<p th:style=\"x\">",
                "<a href=\"javascript:x\">",
                "<script>x</script>",
                "<base href=\"x\">",
                "<p th:if=\"a\" th:replace=\"b\">",
                "<p th:replace=\"~{fragments :: table(${x})}\">",
                "<p><th:block><form></form></th:block></p>");
        for (String line : bad) {
            assertThat(BANNED.stream().anyMatch(ban -> ban.matcher(line).find()))
                    .as(line)
                    .isTrue();
        }
    }

    @Test
    void everyFormThatPostsCarriesTheProof() throws IOException {
        for (Path template : templates()) {
            String text = Files.readString(template);
            for (String form : text.split("(?=<form)")) {
                if (form.startsWith("<form") && form.contains("method=\"post\"")) {
                    assertThat(form).as("%s", template.getFileName()).contains("name=\"proof\"");
                }
            }
        }
    }
}
