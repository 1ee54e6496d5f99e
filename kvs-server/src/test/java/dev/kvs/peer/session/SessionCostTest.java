package dev.kvs.peer.session;

import static dev.kvs.peer.session.Nodes.TARGET;
import static dev.kvs.peer.session.Nodes.credentials;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What proving a call and its answer costs, printed for people; a build does not fail on a time. */
class SessionCostTest {
    private static final int CALLS = 20_000;

    @Test
    void provingACallOfOneKilobyteAndItsAnswerTakesMicroseconds() {
        Nodes nodes = new Nodes();
        AcceptedSessions accepted = nodes.accepting(credentials("b"));
        CallerSession session = nodes.session("a", accepted);
        byte[] body = new byte[1024];
        int proven = 0;
        long nanos = 0;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                CallerSession.Call call = session.sign(TARGET, body);
                accepted.admit(call.proof());
                String answer = accepted.accept(call.proof(), TARGET, body).prove(200, body);
                proven += call.isAnsweredBy(answer, 200, body) ? 1 : 0;
            }
            nanos = System.nanoTime() - start;
        }
        System.out.printf(
                "Proving a call of 1 KB and an answer of 1 KB, both ends together: %.1f us%n", nanos / 1e3 / CALLS);
        assertThat(proven).isEqualTo(5 * CALLS);
    }
}
