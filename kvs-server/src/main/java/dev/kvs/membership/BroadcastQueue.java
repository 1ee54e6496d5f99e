package dev.kvs.membership;

import dev.kvs.model.NodeId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * News that rides on whatever is sent anyway. Each piece goes out a number of times that grows with the logarithm of the
 * cluster, those sent least often first, so that it reaches everybody in O(log N) probe intervals with high probability; the
 * exchange of whole lists catches what chance leaves out. A newer claim about a member takes the place of the older.
 *
 * <p>Bounded by the number of members. Source: SWIM, section 4.1; the form of the limit is that of hashicorp/memberlist.
 */
class BroadcastQueue {
    /**
     * Times log10(N + 1). With memberlist's 4 one of seven nodes missed the news once in a hundred times; with 8 once in ten
     * thousand, for a few hundred bytes more a change.
     */
    private static final int RETRANSMIT_MULTIPLE = 8;

    /** By how often it was sent, and there in the order it came. */
    private final List<Map<NodeId, Claim>> bySendings = new ArrayList<>();

    private int waiting;

    void add(Claim claim) {
        for (Map<NodeId, Claim> sent : bySendings) {
            waiting -= sent.remove(claim.member().id()) == null ? 0 : 1;
        }
        waiting++;
        sentTimes(0).put(claim.member().id(), claim);
    }

    /** Up to {@code max} pieces for the next message in a cluster of {@code members}. */
    List<Claim> take(int max, int members) {
        if (waiting == 0) {
            return List.of();
        }
        List<Claim> taken = new ArrayList<>();
        List<Runnable> returns = new ArrayList<>();
        for (int times = 0; times < bySendings.size() && taken.size() < max; times++) {
            boolean again = times + 1 < retransmitLimit(members);
            int sendings = times + 1;
            Iterator<Claim> level = bySendings.get(times).values().iterator();
            while (level.hasNext() && taken.size() < max) {
                Claim claim = level.next();
                level.remove();
                taken.add(claim);
                if (!again) {
                    waiting--;
                } else {
                    returns.add(() -> sentTimes(sendings).put(claim.member().id(), claim));
                }
            }
        }
        // Only now, or a piece would be met again one level further on.
        returns.forEach(Runnable::run);
        return taken;
    }

    private Map<NodeId, Claim> sentTimes(int times) {
        while (bySendings.size() <= times) {
            bySendings.add(new LinkedHashMap<>());
        }
        return bySendings.get(times);
    }

    int size() {
        return waiting;
    }

    static int retransmitLimit(int members) {
        return RETRANSMIT_MULTIPLE * (int) Math.ceil(Math.log10(members + 1.0));
    }
}
