package dev.kvs.platform;

import dev.kvs.platform.Network.Outcome;
import dev.kvs.platform.Network.Refused;
import dev.kvs.platform.Network.Unreachable;
import java.util.function.Consumer;

/** One request on its way through a simulated world, and whatever comes back. Ends once, whatever arrives how often. */
final class SimCall {
    private final SimNetwork network;
    private final SimScheduler world;
    private final SimTrace trace;
    private final SimHost from;
    private final int born;
    private final String caller;
    private final PeerPath path;
    private final Consumer<Outcome> then;
    private Scheduler.Timer deadline = () -> {};
    private boolean ended;

    SimCall(
            SimNetwork network,
            SimScheduler world,
            SimTrace trace,
            SimHost from,
            int born,
            String caller,
            PeerPath path,
            Consumer<Outcome> then) {
        this.network = network;
        this.world = world;
        this.trace = trace;
        this.from = from;
        this.born = born;
        this.caller = caller;
        this.path = path;
        this.then = then;
    }

    void begin(String address, byte[] body, long timeoutMillis) {
        Check.that(timeoutMillis >= 1, "a call has a timeout", timeoutMillis);
        if (from.life() != born) {
            return; // A dead process asks nobody.
        }
        deadline = world.after(
                timeoutMillis,
                () -> end(new Unreachable("no answer from " + address + " within " + timeoutMillis + " ms")));
        SimHost to = network.known(address);
        if (to == null) {
            world.after(SimNetwork.unknownHostMillis(), () -> end(new Unreachable("no such host: " + address)));
        } else if (body.length > path.maxBytes()) {
            network.send(from, to, () -> comeBack(to, new Refused("body_too_large", body.length + " bytes")));
        } else {
            int life = to.life();
            network.send(from, to, () -> arrive(to, life, body));
        }
    }

    private void arrive(SimHost to, int life, byte[] body) {
        if (to.power() == SimHost.Power.UP && to.life() == life) {
            trace.message(from, to, path + " request", body);
            to.handle(life, () -> comeBack(to, SimNetwork.ask(to, path, caller, body)));
            return;
        }
        trace.fault(SimFault.LOST_IN_CRASH, from, to);
        if (to.power() != SimHost.Power.DARK) {
            network.send(to, from, () -> end(new Unreachable("connection refused by " + to.address())));
        }
    }

    private void comeBack(SimHost to, Outcome outcome) {
        int life = to.life();
        network.send(to, from, () -> {
            if (to.life() != life) {
                trace.fault(SimFault.LOST_IN_CRASH, to, from);
                return;
            }
            trace.message(
                    to, from, path + " answer", outcome instanceof Network.Answered(byte[] body) ? body : new byte[0]);
            end(outcome);
        });
    }

    /** Hands the outcome over, once, if whoever asked still lives. */
    private void end(Outcome outcome) {
        if (!ended) {
            ended = true;
            deadline.cancel();
            from.handle(born, () -> then.accept(outcome));
        }
    }
}
