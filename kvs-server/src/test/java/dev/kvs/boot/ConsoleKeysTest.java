package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.client.Value;
import dev.kvs.client.WriteOptions;
import dev.kvs.wire.BatchOperation;
import dev.kvs.wire.MetadataRequest;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.SeedRequest;
import dev.kvs.wire.UserRequest;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the pages about keys show and do. */
class ConsoleKeysTest extends ConsoleOnANode {
    @Test
    void revisionsAreComparedAndRestored() throws Exception {
        start("");
        UUID first = kvs.put("doc", "{\"a\":1}").uuid();
        UUID second = kvs.put("doc", "{\"a\":2}").uuid();
        assertThat(page("/key/compare?k=doc&a=" + first + "&b=" + second))
                .contains("removed")
                .contains("added");
        assertThat(page("/key/revision?k=doc&r=" + first)).contains("Restore this revision");
        assertThat(page("/key/revision?k=doc&r=" + second))
                .contains("Both say the same")
                .doesNotContain("Restore this");
        assertThat(page("/key/compare?k=doc&a=x&b=" + second)).contains("not kept here");
        assertThat(post("/key/restore", "k", "doc", "r", first.toString(), "base", second.toString())
                        .statusCode())
                .isEqualTo(303);
        assertThat(kvs.get("doc").orElseThrow().text()).isEqualTo("{\"a\":1}");
        assertThat(post("/key/restore", "k", "doc", "r", first.toString(), "base", second.toString())
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void keysAreFilteredByWhatIsKnownOfTheirValues() throws Exception {
        start("conflict_seeding_enabled: true\n");
        kvs.put("f/plain", "1");
        kvs.put("f/brief", "1", WriteOptions.NONE.withTtl(Duration.ofMinutes(30)));
        kvs.put("f/large", '"' + "x".repeat(20_000) + '"');
        kvs.put("f/gone", "1");
        kvs.delete("f/gone");
        kvs.access().createUser(new UserRequest("ada", "correct horse", List.of("read"), null, null));
        kvs.access().changeMetadata("f/plain", new MetadataRequest("ada", null, null, null, null), WriteOptions.NONE);
        long moment = System.currentTimeMillis() - 5_000;
        kvs.seedConflict(new SeedRequest("f/torn", new RawJson("1"), moment, 0));
        kvs.seedConflict(new SeedRequest("f/torn", new RawJson("2"), moment, 0));
        assertThat(found("expires=1h")).containsExactly("f/brief");
        assertThat(found("expires=10m")).isEmpty();
        assertThat(found("larger=20k")).containsExactly("f/large");
        assertThat(found("larger=1M")).isEmpty();
        assertThat(found("owner=ada")).containsExactly("f/plain");
        assertThat(found("older=1h")).isEmpty();
        assertThat(found("newer=1h&larger=2&expires=1h")).isEmpty();
        assertThat(found("newer=1h")).containsExactly("f/brief", "f/large", "f/plain", "f/torn");
        assertThat(found("which=in+conflict")).containsExactly("f/torn");
        assertThat(found("which=deleted")).containsExactly("f/gone");
        assertThat(get("/keys?older=yesterday").statusCode()).isEqualTo(400);
        assertThat(get("/keys?larger=huge").statusCode()).isEqualTo(400);
        kvs.put("f/gone", "3");
        assertThat(found("which=deleted")).isEmpty();
    }

    /** The keys below {@code f} that a filter leaves. */
    private List<String> found(String filter) throws Exception {
        return Pattern.compile("<td><a href=\"/ui/key\\?k=([^\"]+)\"")
                .matcher(page("/keys?q=f/&" + filter))
                .results()
                .map(match -> URLDecoder.decode(match.group(1), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void whatLiesBelowAPrefixIsExportedWithinTheRightsOfWhoeverAsks() throws Exception {
        start("");
        // More than a part of the answer.
        String document = "{\"n\":9223372036854775807,\"fill\":\"" + "x".repeat(100) + "\"}";
        kvs.batch(
                IntStream.range(0, 999)
                        .mapToObj(i -> BatchOperation.put("e/" + i, document))
                        .toList(),
                WriteOptions.NONE);
        kvs.put("elsewhere", "1");
        kvs.put("e/open", "1");
        assertThat(page("/keys?prefix=e")).contains("/ui/keys/export?prefix=e%2F");
        HttpResponse<String> all = get("/keys/export?prefix=e%2F");
        assertThat(all.headers().firstValue("content-disposition")).hasValue("attachment; filename=\"e.ndjson\"");
        assertThat(all.body().lines()).hasSize(1_000).allMatch(line -> line.startsWith("{\"key\":\"e/"));
        assertThat(all.body()).contains("{\"n\":9223372036854775807,");
        assertThat(get("/keys/export?prefix=nothing").body()).isEmpty();
        kvs.access().createUser(new UserRequest("ada", "correct horse", List.of("read"), null, null));
        kvs.access()
                .changeMetadata(
                        "e/open", new MetadataRequest(null, null, null, "cdwr-------r", null), WriteOptions.NONE);
        post("/logout");
        post("/login", "user", "ada", "password", "correct horse");
        assertThat(get("/keys/export?prefix=e/").body().lines())
                .singleElement()
                .asString()
                .startsWith("{\"key\":\"e/open\"");
        post("/logout");
        assertThat(get("/keys/export").headers().firstValue("location")).hasValue("/ui/login?to=%2Fkeys%2Fexport");
    }

    @Test
    void aKeyIsMovedUnlessSomethingIsInTheWay() throws Exception {
        start("");
        UUID first = kvs.put("from", "{\"a\":1.50}", WriteOptions.NONE.withTtl(Duration.ofHours(1)))
                .uuid();
        kvs.put("taken", "2");
        assertThat(page("/key?k=from")).contains("/ui/key/move?k=from");
        assertThat(page("/key/move?k=from")).contains("New key");
        HttpResponse<String> taken = post("/key/move", "k", "from", "to", "taken");
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(taken.body())
                .contains("Something is stored under taken already")
                .contains("value=\"taken\"");
        assertThat(post("/key/move", "k", "from", "to", "_bad").statusCode()).isEqualTo(400);
        assertThat(post("/key/move", "k", "from", "to", " ").statusCode()).isEqualTo(400);
        assertThat(post("/key/move", "k", "from", "to", "to/here").body()).contains("Move it", first.toString());
        assertThat(kvs.exists("to/here")).isFalse();
        kvs.put("from", "{\"a\":2}");
        HttpResponse<String> late =
                post("/key/move", "k", "from", "to", "to/here", "base", first.toString(), "sure", "yes");
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(late.body()).contains("Not moved.").contains("Somebody has changed the value");
        assertThat(kvs.exists("to/here")).isFalse();
        UUID second = kvs.put("from", "{\"a\":1.50}", WriteOptions.NONE.withTtl(Duration.ofHours(1)))
                .uuid();
        HttpResponse<String> done =
                post("/key/move", "k", "from", "to", "to/here", "base", second.toString(), "sure", "yes");
        assertThat(done.headers().firstValue("location")).hasValue("/ui/key?k=to%2Fhere&done=moved");
        assertThat(kvs.exists("from")).isFalse();
        Value moved = kvs.get("to/here").orElseThrow();
        assertThat(moved.text()).isEqualTo("{\"a\":1.50}");
        assertThat(moved.expiry()).isPresent();
        assertThat(get("/key/move?k=to/here").statusCode()).isEqualTo(200);
    }

    @Test
    void aKeysPageSaysWhatWasDoneToItToThoseWhoMayKnow() throws Exception {
        start("");
        kvs.put("doc", "1");
        kvs.put("doc/below", "1");
        kvs.put("doc", "2");
        String seen = page("/key?k=doc");
        String audit = seen.substring(seen.indexOf("id=\"audit\""));
        assertThat(audit.substring(0, audit.indexOf("</section>")).split("<td><span class=\"text\">put<", -1))
                .as(audit)
                .hasSize(3);
        kvs.access().createUser(new UserRequest("ada", "correct horse", List.of("read"), null, null));
        kvs.access()
                .changeMetadata("doc", new MetadataRequest(null, null, null, "cdwr-------r", null), WriteOptions.NONE);
        post("/logout");
        post("/login", "user", "ada", "password", "correct horse");
        assertThat(page("/key?k=doc")).doesNotContain("id=\"audit\"");
    }
}
