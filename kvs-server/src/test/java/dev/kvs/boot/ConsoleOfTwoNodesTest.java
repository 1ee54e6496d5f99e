package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console says of members that it asks. */
class ConsoleOfTwoNodesTest {
    @TempDir
    private Path directory;

    private final HttpClient browser = HttpClient.newHttpClient();

    private String page(Node node, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.address() + "/ui" + path))
                .build();
        HttpResponse<String> answer = browser.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void membersSayWhatTheyHoldAndWhatTheyAreConfiguredOtherwiseIn() throws Exception {
        try (TwoNodes nodes = new TwoNodes(directory, "", "sync_interval: 7m\n")) {
            String version = nodes.a.put("doc", "1").uuid().toString();
            TwoNodes.eventually(() -> nodes.b.exists("doc"));
            assertThat(page(nodes.alpha, "/cluster?k=doc").split(version, -1)).hasSize(3);
            assertThat(page(nodes.alpha, "/cluster?k=doc")).contains("whoever answers holds the same of doc");
            assertThat(page(nodes.alpha, "/cluster?k=none")).contains("has nothing there");
            assertThat(page(nodes.alpha, "/cluster"))
                    .contains("1 setting differs", "sync_interval", "7m", "<th scope=\"col\">beta</th>")
                    .doesNotContain("advertise_address");
            TwoNodes.eventually(() -> {
                String members = page(nodes.alpha, "/key?k=doc");
                members = members.substring(members.indexOf("id=\"replicas\""));
                return members.split("holds it", -1).length == 3;
            });
            nodes.beta.close();
            assertThat(page(nodes.alpha, "/cluster?k=doc")).contains("does not answer", "No answer: beta.");
        }
        browser.shutdownNow();
    }
}
