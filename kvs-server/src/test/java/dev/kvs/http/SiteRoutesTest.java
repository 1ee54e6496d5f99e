package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything below {@code /ui} goes to the site as it was asked, and nothing else does. */
class SiteRoutesTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = Door.open(
                system -> Keepers.over(system, false, Keepers.STRANGERS_MAX, (actor, address, what, why) -> {}));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void pathAndQueryArriveAsTheyWereSent() {
        assertThat(door.get("/ui/").text()).isEqualTo("GET /? ");
        assertThat(door.get("/ui/key/edit?k=a%2Fb&any=%00").text()).isEqualTo("GET /key/edit?k=a%2Fb&any=%00 ");
        assertThat(door.send("POST", "/ui/key/edit", "text=%7B%7D&do=save", "Content-Type", FORM)
                        .text())
                .isEqualTo("POST /key/edit? text=%7B%7D&do=save");
    }

    @Test
    void theMountLeadsToTheFirstPage() {
        Answer answer = door.get("/ui");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/ui/");
    }

    @Test
    void aFormThatIsTooLargeGetsAPageToo() {
        String form = "text=" + "x".repeat(3 * Door.MAX_JSON_BYTES + (64 << 10));
        Answer answer = door.send("POST", "/ui/key/edit", form, "Content-Type", FORM);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text()).contains("too large");
    }

    @Test
    void whatIsNoFormIsRefused() {
        assertThat(door.send("POST", "/ui/key/edit", "{}", "Content-Type", "application/json")
                        .status())
                .isEqualTo(415);
        assertThat(door.send("PUT", "/ui/key", "", "Content-Type", FORM).status())
                .isEqualTo(405);
    }

    @Test
    void withoutASiteThereIsNothing() throws IOException {
        try (Door bare = Door.open()) {
            assertThat(bare.get("/ui/").outcome()).isEqualTo("404 unknown_path");
            assertThat(bare.get("/ui").outcome()).isEqualTo("404 unknown_path");
        }
    }
}
