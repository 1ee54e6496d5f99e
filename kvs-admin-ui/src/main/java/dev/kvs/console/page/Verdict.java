package dev.kvs.console.page;

import dev.kvs.console.view.Badge;
import dev.kvs.console.view.Numbers;
import dev.kvs.wire.Comparison;
import dev.kvs.wire.Convergence;
import dev.kvs.wire.HealthReport;
import dev.kvs.wire.MemberInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the cluster is, and why, in a sentence.
 *
 * @param badge the word
 * @param reasons what it rests on, the worst first
 */
public record Verdict(Badge badge, List<String> reasons) {
    /** Behind by more than this is worth a word: a push takes milliseconds. */
    private static final long LAG_MAX = 1_000;

    /** Judges from what one node knows; without {@code convergence}, for who may not ask, from less. */
    static Verdict of(HealthReport health, List<MemberInfo> members, Optional<Convergence> convergence, Instant now) {
        List<String> bad = new ArrayList<>();
        List<String> warn = new ArrayList<>();
        List<String> good = new ArrayList<>();
        health.checks().stream()
                .filter(check -> !check.status().equals(HealthReport.OK))
                .forEach(check -> bad.add(check.name() + ": " + Objects.requireNonNullElse(check.detail(), "down")));
        // Who has left is still listed for a while, and missed by nobody.
        List<MemberInfo> here = members.stream()
                .filter(member -> !member.state().equals(MemberInfo.LEFT))
                .toList();
        List<String> silent = here.stream()
                .filter(member -> !member.state().equals(MemberInfo.ALIVE))
                .map(member -> member.id() + " (" + member.state() + ")")
                .toList();
        int answering = here.size() - silent.size();
        if (silent.isEmpty()) {
            good.add(here.size() == 1 ? "one member, on its own" : "all " + here.size() + " members answer");
        } else {
            warn.add(answering + " of " + here.size() + " members answer; silent: " + String.join(", ", silent));
        }
        if (!health.mode().equals("normal")) {
            warn.add("this node is " + health.mode());
        }
        convergence.ifPresent(known -> judge(known, warn, good, now));
        List<String> reasons = new ArrayList<>(bad);
        reasons.addAll(warn);
        reasons.addAll(good);
        Badge badge =
                !bad.isEmpty() ? Badge.bad("Down") : warn.isEmpty() ? Badge.good("Healthy") : Badge.warn("Degraded");
        return new Verdict(badge, reasons);
    }

    /** Who is compared with; those who have left and those who were removed are known for longer. */
    static List<Convergence.Peer> present(Convergence known) {
        return known.peers().stream()
                .filter(peer ->
                        !peer.state().equals(MemberInfo.LEFT) && !peer.state().equals("removed"))
                .toList();
    }

    /** Since when all are known to hold the same; empty while there is one with whom that was never seen. */
    static Optional<Long> equalAt(List<Convergence.Peer> peers) {
        boolean all = peers.stream().allMatch(peer -> peer.comparison().equalAt() != null);
        return all
                ? peers.stream()
                        .flatMap(peer -> Stream.ofNullable(peer.comparison().equalAt()))
                        .min(Long::compare)
                : Optional.empty();
    }

    private static void judge(Convergence known, List<String> warn, List<String> good, Instant now) {
        List<Convergence.Peer> peers = present(known);
        int differing =
                peers.stream().mapToInt(peer -> peer.comparison().lasting()).sum();
        boolean failed = false;
        for (Convergence.Peer peer : peers) {
            if (peer.lag() > LAG_MAX) {
                warn.add(peer.id() + " is " + Numbers.grouped(peer.lag()) + " versions behind");
            }
            if (peer.comparison().result().equals(Comparison.FAILED)) {
                warn.add("the last comparison with " + peer.id() + " failed");
                failed = true;
            }
        }
        if (differing > 0) {
            warn.add(differing + (differing == 1 ? " key differs" : " keys differ") + " between members");
        } else if (!failed) {
            equalAt(peers).ifPresent(at -> good.add("all hold the same, last compared " + Numbers.ago(at, now)));
        }
        if (known.openConflicts() > 0) {
            warn.add(
                    known.openConflicts() + (known.openConflicts() == 1 ? " conflict is" : " conflicts are") + " open");
        } else {
            good.add("no open conflicts");
        }
        if (known.heldBack() > 0) {
            warn.add(known.heldBack()
                    + (known.heldBack() == 1 ? " version from the future is" : " versions from the future are")
                    + " held back");
        }
    }
}
