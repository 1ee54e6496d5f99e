package dev.kvs.peer.session;

import static dev.kvs.peer.session.Nodes.TARGET;
import static dev.kvs.peer.session.Nodes.bytes;
import static dev.kvs.peer.session.Nodes.credentials;
import static dev.kvs.peer.session.Nodes.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final long SEED = 20_260_401;
    private static final byte[] BODY = bytes("three versions");

    private final Nodes nodes = new Nodes();
    private final AcceptedSessions accepted = nodes.accepting(credentials("b"));

    private String accept(CallerSession.Call call) {
        return accept(call.proof(), TARGET, BODY);
    }

    private String accept(String proof, String target, byte[] body) {
        return outcome(() -> accepted.accept(proof, target, body));
    }

    @Test
    void aCallAndItsAnswerProveWhoSentThem() {
        CallerSession session = nodes.session("a", accepted);
        assertThat(session.answerer()).isEqualTo(new NodeId("b"));
        CallerSession.Call call = session.sign(TARGET, BODY);
        accepted.admit(call.proof());
        AcceptedSessions.Call taken = accepted.accept(call.proof(), TARGET, BODY);
        assertThat(taken.caller()).isEqualTo(new NodeId("a"));
        assertThat(call.isAnsweredBy(taken.prove(200, bytes("ok")), 200, bytes("ok")))
                .isTrue();
    }

    @Test
    void aCallThatIsChangedAnywhereIsRefused() {
        CallerSession session = nodes.session("a", accepted);
        String proof = session.sign(TARGET, BODY).proof();
        for (int i = 0; i < proof.length(); i++) {
            for (char other : new char[] {'0', 'f', '.', 'F', 'é', '\0'}) {
                if (proof.charAt(i) != other) {
                    String changed = proof.substring(0, i) + other + proof.substring(i + 1);
                    assertThat(accept(changed, TARGET, BODY))
                            .as("place %d: %s", i, other)
                            .isIn("401 bad_signature", "401 unknown_session");
                }
            }
        }
        for (int bit = 0; bit < 8 * BODY.length; bit++) {
            byte[] changed = BODY.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(accept(proof, TARGET, changed)).isEqualTo("401 bad_signature");
        }
        assertThat(accept(proof, "POST /internal/fetch", BODY)).isEqualTo("401 bad_signature");
        assertThat(accept(proof, "PUT /internal/push", BODY)).isEqualTo("401 bad_signature");
        assertThat(accept(proof, TARGET, new byte[0])).isEqualTo("401 bad_signature");
        for (String strange : List.of("", ".", "x".repeat(114), proof + "0", proof.substring(1), "0".repeat(100_000))) {
            assertThat(accept(strange, TARGET, BODY)).isEqualTo("401 bad_signature");
            assertThat(outcome(() -> accepted.admit(strange))).isEqualTo("401 bad_signature");
        }
        assertThat(accept(proof, TARGET, BODY))
                .as("nothing of this has used up the call itself")
                .isEqualTo("accepted");
    }

    @Test
    void whatTheTargetEndsWithCannotBecomePartOfTheBody() {
        CallerSession session = nodes.session("a", accepted);
        String proof = session.sign("POST /internal/push", bytes("xy")).proof();
        assertThat(accept(proof, "POST /internal/pushx", bytes("y"))).isEqualTo("401 bad_signature");
    }

    @Test
    void anAnswerThatIsChangedAnywhereIsNoAnswer() {
        CallerSession session = nodes.session("a", accepted);
        CallerSession.Call call = session.sign(TARGET, BODY);
        CallerSession.Call other = session.sign(TARGET, BODY);
        String proof = accepted.accept(call.proof(), TARGET, BODY).prove(200, BODY);
        for (int i = 0; i < proof.length(); i++) {
            char changed = proof.charAt(i) == '0' ? '1' : '0';
            assertThat(call.isAnsweredBy(proof.substring(0, i) + changed + proof.substring(i + 1), 200, BODY))
                    .isFalse();
        }
        assertThat(call.isAnsweredBy(proof, 403, BODY)).isFalse();
        assertThat(call.isAnsweredBy(proof, 200, bytes("three versionz"))).isFalse();
        assertThat(other.isAnsweredBy(proof, 200, BODY))
                .as("the answer to another call")
                .isFalse();
        for (String strange : List.of("", "x", "z".repeat(64), "é".repeat(64), proof + "00", call.proof())) {
            assertThat(call.isAnsweredBy(strange, 200, BODY)).isFalse();
        }
        assertThat(call.isAnsweredBy(proof, 200, BODY)).isTrue();
    }

    @Test
    void aCallCannotBeSentBackAsItsAnswer() {
        CallerSession session = nodes.session("a", accepted);
        CallerSession.Call call = session.sign(TARGET, BODY);
        String mac = call.proof().substring(call.proof().lastIndexOf('.') + 1);
        assertThat(call.isAnsweredBy(mac, 200, BODY)).isFalse();
    }

    @Test
    void eachCallIsAcceptedOnceInAnyOrder() {
        CallerSession session = nodes.session("a", accepted);
        List<CallerSession.Call> calls = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            calls.add(session.sign(TARGET, BODY));
        }
        Collections.shuffle(calls, new Random(SEED));
        for (CallerSession.Call call : calls) {
            assertThat(outcome(() -> accepted.admit(call.proof()))).isEqualTo("accepted");
            assertThat(accept(call)).isEqualTo("accepted");
            assertThat(accept(call)).isEqualTo("401 replayed");
            assertThat(outcome(() -> accepted.admit(call.proof()))).isEqualTo("401 replayed");
        }
    }

    @Test
    void aCallThatComesTooLateIsRefused() {
        CallerSession session = nodes.session("a", accepted);
        CallerSession.Call late = session.sign(TARGET, BODY);
        CallerSession.Call justInTime = session.sign(TARGET, BODY);
        CallerSession.Call newest = session.sign(TARGET, BODY);
        for (int i = 3; i < ReplayWindow.SIZE + 1; i++) {
            newest = session.sign(TARGET, BODY);
        }
        assertThat(accept(newest)).isEqualTo("accepted");
        assertThat(accept(late)).isEqualTo("401 replayed");
        assertThat(accept(justInTime)).isEqualTo("accepted");
    }

    @Test
    void aForgedCounterDoesNotShutOutTheRealOne() {
        CallerSession session = nodes.session("a", accepted);
        CallerSession.Call call = session.sign(TARGET, BODY);
        String forged = call.proof().substring(0, 33) + "7fffffffffffffff"
                + call.proof().substring(49);
        assertThat(accept(forged, TARGET, BODY)).isEqualTo("401 bad_signature");
        assertThat(accept(call)).isEqualTo("accepted");
    }

    @Test
    void aNodeOfAnotherClusterIsRefusedAndToldWhy() {
        AcceptedSessions other = nodes.accepting(credentials("cluster-2", "b", Nodes.SECRET));
        SessionOpener.Opening hello = nodes.opener(credentials("a")).begin();
        assertThatThrownBy(() -> other.welcome(hello.hello())).isInstanceOfSatisfying(KvsException.class, refusal -> {
            assertThat(refusal.code().code()).isEqualTo("wrong_cluster");
            assertThat(refusal.detail()).contains("cluster-1").contains("cluster_secret");
        });
        // A session of one cluster is worth nothing in another, though secret and names are the same.
        CallerSession session = nodes.session("a", accepted);
        assertThat(outcome(() -> other.accept(session.sign(TARGET, BODY).proof(), TARGET, BODY)))
                .isEqualTo("401 unknown_session");
    }

    @Test
    void aNodeWithAnotherSecretIsRefusedByBothSides() {
        for (byte[] wrong : List.of(bytes("another secret"), new byte[0], bytes("0123456789abcdef0123456789abcdeF"))) {
            SessionOpener.Opening hello =
                    nodes.opener(credentials("cluster-1", "a", wrong)).begin();
            assertThat(outcome(() -> accepted.welcome(hello.hello()))).isEqualTo("401 bad_signature");
            SessionOpener.Opening good = nodes.opener(credentials("a")).begin();
            AcceptedSessions impostor = nodes.accepting(credentials("cluster-1", "b", wrong));
            assertThat(outcome(() -> impostor.welcome(good.hello()))).isEqualTo("401 bad_signature");
        }
        assertThat(accepted.size()).isZero();
    }

    @Test
    void whoAnswersWithoutTheSecretIsNotBelieved() {
        SessionOpener.Opening hello = nodes.opener(credentials("a")).begin();
        byte[] welcome = accepted.welcome(hello.hello());
        for (int i = 0; i < welcome.length; i++) {
            byte[] changed = welcome.clone();
            changed[i] ^= 1;
            assertThat(outcome(() -> hello.welcomed(changed)))
                    .as("byte %d", i)
                    .isIn("401 bad_signature", "400 invalid_request");
        }
        assertThat(outcome(() -> hello.welcomed(hello.hello()))).isIn("401 bad_signature", "400 invalid_request");
        SessionOpener.Opening another = nodes.opener(credentials("a")).begin();
        assertThat(outcome(() -> another.welcomed(welcome)))
                .as("a welcome that was recorded")
                .isEqualTo("401 bad_signature");
        assertThat(outcome(() -> hello.welcomed(welcome))).isEqualTo("accepted");
    }

    @Test
    void aHelloThatIsChangedCutOrPaddedIsRefused() {
        byte[] hello = nodes.opener(credentials("a")).begin().hello();
        assertThat(hello.length).isLessThanOrEqualTo(AcceptedSessions.helloBytesMax());
        for (int i = 0; i < hello.length; i++) {
            byte[] changed = hello.clone();
            changed[i] ^= 1;
            byte[] cut = java.util.Arrays.copyOf(hello, i);
            assertThat(outcome(() -> accepted.welcome(changed)))
                    .as("byte %d", i)
                    .isIn("401 bad_signature", "401 wrong_cluster", "400 invalid_request");
            assertThat(outcome(() -> accepted.welcome(cut))).isEqualTo("400 invalid_request");
        }
        byte[] padded = java.util.Arrays.copyOf(hello, hello.length + 1);
        assertThat(outcome(() -> accepted.welcome(padded))).isEqualTo("400 invalid_request");
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            byte[] garbage = new byte[random.nextInt(300)];
            random.nextBytes(garbage);
            if (garbage.length > 0) {
                garbage[0] = 1;
            }
            assertThat(outcome(() -> accepted.welcome(garbage)))
                    .as("seed %d, round %d", SEED, i)
                    .isNotEqualTo("accepted");
        }
        assertThat(accepted.size()).isZero();
    }

    @Test
    void aRecordedConversationIsWorthNothingAgain() {
        SessionOpener.Opening hello = nodes.opener(credentials("a")).begin();
        CallerSession session = hello.welcomed(accepted.welcome(hello.hello()));
        CallerSession.Call call = session.sign(TARGET, BODY);
        assertThat(accept(call)).isEqualTo("accepted");
        assertThat(outcome(() -> accepted.welcome(hello.hello())))
                .as("saying hello again opens a session that the recorder has no keys for")
                .isEqualTo("accepted");
        assertThat(accept(call)).isEqualTo("401 replayed");
        AcceptedSessions restarted = nodes.accepting(credentials("b"));
        restarted.welcome(hello.hello());
        assertThat(outcome(() -> restarted.accept(call.proof(), TARGET, BODY))).isEqualTo("401 unknown_session");
    }

    @Test
    void aSessionEndsAfterAnHourAndItsCallerTakesANewOneBefore() {
        CallerSession session = nodes.session("a", accepted);
        assertThat(accept(session.sign(TARGET, BODY))).isEqualTo("accepted");
        nodes.world.runFor(Duration.ofMinutes(29).toMillis());
        assertThat(session.isOld()).isFalse();
        nodes.world.runFor(Duration.ofMinutes(2).toMillis());
        assertThat(session.isOld()).isTrue();
        assertThat(accept(session.sign(TARGET, BODY))).isEqualTo("accepted");
        nodes.world.runFor(Duration.ofMinutes(30).toMillis());
        assertThat(accept(session.sign(TARGET, BODY))).isEqualTo("401 unknown_session");
        assertThat(accepted.size()).isZero();
    }

    @Test
    void aSessionThatIsNotUsedAtOnceIsForgotten() {
        CallerSession session = nodes.session("a", accepted);
        nodes.world.runFor(11_000);
        assertThat(accept(session.sign(TARGET, BODY))).isEqualTo("401 unknown_session");
    }

    @Test
    void noFloodOfHellosGrowsMemoryOrPushesOutWhatIsInUse() {
        CallerSession inUse = nodes.session("a", accepted);
        assertThat(accept(inUse.sign(TARGET, BODY))).isEqualTo("accepted");
        byte[] recorded = nodes.opener(credentials("a")).begin().hello();
        CallerSession opening = nodes.session("c", accepted);
        for (int i = 0; i < 20_000; i++) {
            accepted.welcome(recorded);
        }
        assertThat(accepted.size()).isEqualTo(1 + 1 + AcceptedSessions.CALLER_MAX);
        assertThat(accept(opening.sign(TARGET, BODY)))
                .as("hellos of one node do not push out another's")
                .isEqualTo("accepted");
        for (int i = 0; i < 3 * AcceptedSessions.OPENING_MAX; i++) {
            nodes.session("n" + i, accepted);
        }
        assertThat(accepted.size()).isEqualTo(2 + AcceptedSessions.OPENING_MAX);
        assertThat(accept(inUse.sign(TARGET, BODY))).isEqualTo("accepted");
    }

    @Test
    void openSessionsAreBoundedAndTheOneUsedLongestAgoGoes() {
        CallerSession used = nodes.session("used", accepted);
        CallerSession idle = nodes.session("idle", accepted);
        accept(idle.sign(TARGET, BODY));
        for (int i = 0; i < AcceptedSessions.OPEN_MAX; i++) {
            assertThat(accept(used.sign(TARGET, BODY))).isEqualTo("accepted");
            accept(nodes.session("n" + i, accepted).sign(TARGET, BODY));
        }
        assertThat(accepted.size()).isEqualTo(AcceptedSessions.OPEN_MAX);
        assertThat(accept(used.sign(TARGET, BODY))).isEqualTo("accepted");
        assertThat(accept(idle.sign(TARGET, BODY))).isEqualTo("401 unknown_session");
    }

    @Test
    void aNodeThatKeepsRestartingHoldsEightSessions() {
        List<CallerSession> sessions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            CallerSession session = nodes.session("a", accepted);
            accept(session.sign(TARGET, BODY));
            sessions.add(session);
        }
        assertThat(accepted.size()).isEqualTo(AcceptedSessions.CALLER_MAX);
        assertThat(accept(sessions.getLast().sign(TARGET, BODY))).isEqualTo("accepted");
        assertThat(accept(sessions.getFirst().sign(TARGET, BODY))).isEqualTo("401 unknown_session");
    }

    @Test
    void withoutASecretTheSameSessionsRunAndSaySo() {
        NodeCredentials open = credentials("cluster-1", "b", new byte[0]);
        assertThat(open.isAuthenticated()).isFalse();
        assertThat(credentials("b").isAuthenticated()).isTrue();
        AcceptedSessions anyone = nodes.accepting(open);
        SessionOpener.Opening hello =
                nodes.opener(credentials("cluster-1", "a", new byte[0])).begin();
        CallerSession.Call call = hello.welcomed(anyone.welcome(hello.hello())).sign(TARGET, BODY);
        assertThat(outcome(() -> anyone.accept(call.proof(), TARGET, bytes("altered"))))
                .isEqualTo("401 bad_signature");
        AcceptedSessions.Call taken = anyone.accept(call.proof(), TARGET, BODY);
        assertThat(call.isAnsweredBy(taken.prove(200, BODY), 200, BODY)).isTrue();
    }

    @Test
    void credentialsShowNoSecretAndCheckTheirWords() {
        assertThat(credentials("a").toString()).contains("cluster-1").doesNotContain("0123");
        for (String bad : List.of("", "a b", "é", "\n", "x".repeat(129))) {
            assertThatThrownBy(() -> credentials(bad, "a", Nodes.SECRET)).hasMessageContaining("cluster id");
        }
        byte[] secret = Nodes.SECRET.clone();
        NodeCredentials credentials = credentials("cluster-1", "a", secret);
        secret[0]++;
        assertThat(credentials.secret()).isEqualTo(Nodes.SECRET);
    }

    @Test
    void theHandshakeIsTheOneThatIsWrittenDown() {
        SessionOpener.Opening hello = nodes.opener(credentials("a")).begin();
        String start = HexFormat.of().formatHex(hello.hello()).substring(0, 2 * 13);
        assertThat(start).isEqualTo("01" + "09" + HexFormat.of().formatHex(bytes("cluster-1")) + "01" + "61");
        assertThat(hello.hello()).hasSize(13 + 32 + 32);
        byte[] welcome = accepted.welcome(hello.hello());
        assertThat(welcome).startsWith(1, 1, 'b').hasSize(3 + 16 + 32 + 32);
    }
}
