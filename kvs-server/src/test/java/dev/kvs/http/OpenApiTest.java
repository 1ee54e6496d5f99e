package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The OpenAPI document says what the route table says, and its references lead somewhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private Door door;
    private JsonNode document;

    @BeforeAll
    void open() throws IOException {
        door = Door.open(
                system -> Keepers.over(system, false, Keepers.STRANGERS_MAX, (actor, address, what, why) -> {}));
        door.token = Keepers.rootToken();
        document = door.get("/openapi").json();
    }

    @AfterAll
    void close() {
        door.close();
    }

    @Test
    void everyRouteIsDescribedAndNothingElse() {
        Map<String, String> routes = new TreeMap<>();
        for (Route route : door.door.table().routes()) {
            if (route.template().startsWith(Site.MOUNT)) {
                continue; // Pages for people are no part of the contract.
            }
            routes.put(
                    route.method() + " " + route.template(),
                    new TreeSet<>(route.parameters()) + " " + new TreeSet<>(route.mediaTypes()));
        }
        Map<String, String> described = new TreeMap<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(member -> METHODS.contains(member.getKey()))
                        .forEach(member -> described.put(
                                member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                queryParameters(member.getValue()) + " " + mediaTypes(member.getValue()))));
        assertThat(described).isEqualTo(routes);
    }

    private Set<String> queryParameters(JsonNode operation) {
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : operation.path("parameters")) {
            JsonNode resolved = resolve(parameter);
            if (resolved.get("in").asText().equals("query")) {
                names.add(resolved.get("name").asText());
            }
        }
        return names;
    }

    private static Set<String> mediaTypes(JsonNode operation) {
        Set<String> types = new TreeSet<>();
        operation.path("requestBody").path("content").fieldNames().forEachRemaining(types::add);
        return types;
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> dangling = new ArrayList<>();
        document.findValuesAsText("$ref").stream()
                .filter(reference -> document.at(reference.substring(1)).isMissingNode())
                .forEach(dangling::add);
        assertThat(dangling).isEmpty();
        assertThat(document.findValuesAsText("$ref")).isNotEmpty();
    }

    @Test
    void everyOperationHasItsOwnName() {
        List<String> names = document.findValuesAsText("operationId");
        assertThat(new HashSet<>(names)).hasSameSizeAs(names).isNotEmpty();
        assertThat(document.get("openapi").asText()).isEqualTo("3.1.0");
    }

    /** The ranges a client reads are the ranges the node holds. */
    @Test
    void limitsAreTheOnesThatHold() {
        document.get("paths").properties().forEach(path -> {
            for (JsonNode parameter : path.getValue().path("get").path("parameters")) {
                JsonNode schema = resolve(parameter).path("schema");
                if (schema.has("maximum")) {
                    String target = path.getKey().replace(Route.KEY, "a") + "?"
                            + resolve(parameter).get("name").asText() + "=";
                    long most = schema.get("maximum").asLong();
                    assertThat(door.get(target + most).status())
                            .as(target + most)
                            .isEqualTo(200);
                    assertThat(door.get(target + (most + 1)).outcome()).isEqualTo("400 invalid_parameter");
                }
            }
        });
    }
}
