package dev.kvs.membership;

import dev.kvs.membership.Decision.Answer;
import dev.kvs.membership.Decision.Call;
import dev.kvs.membership.Decision.Gone;
import dev.kvs.membership.Decision.Later;
import dev.kvs.membership.Decision.Step;
import dev.kvs.membership.Decision.Tell;
import dev.kvs.membership.Decision.Warn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One step of the protocol: the moment in which it happens, and what is decided in it. */
final class Turn {
    private final long nowMillis;
    private final long lateMillis;
    private final List<Decision> decisions = new ArrayList<>();

    /**
     * A step that happens now.
     *
     * @param nowMillis on the monotonic clock
     * @param lateMillis how long ago it should have happened; 0 for what was not planned
     */
    Turn(long nowMillis, long lateMillis) {
        this.nowMillis = nowMillis;
        this.lateMillis = lateMillis;
    }

    long now() {
        return nowMillis;
    }

    long late() {
        return lateMillis;
    }

    void later(long delayMillis, Step step) {
        decisions.add(new Later(Math.max(0, delayMillis), step));
    }

    void send(Call call) {
        decisions.add(call);
    }

    void tell(MemberEvent.Kind kind, Member member) {
        decisions.add(new Tell(new MemberEvent(kind, member)));
    }

    void warn(String text) {
        decisions.add(new Warn(text));
    }

    void gone() {
        decisions.add(new Gone());
    }

    void answer(Consumer<String> waiting, String problem) {
        decisions.add(new Answer(waiting, problem));
    }

    List<Decision> decisions() {
        return decisions;
    }
}
