package dev.kvs.console.page;

import dev.kvs.console.svg.HeatMap;
import dev.kvs.console.view.Action;
import dev.kvs.console.view.Badge;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Empty;
import dev.kvs.console.view.Fact;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Section;
import dev.kvs.console.view.Sheet;
import dev.kvs.console.view.Table;
import dev.kvs.console.web.Form;
import dev.kvs.wire.Comparison;
import dev.kvs.wire.Convergence;
import dev.kvs.wire.MerkleNodes;
import dev.kvs.wire.MerkleNodesRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code /convergence}: whether all hold the same, and where they do not. */
final class ConvergencePage implements Page {
    /** The level of the tree with 256 places, of which four make a group. */
    static final int LEVEL = 2;

    private static final int PLACES = 256;
    static final int TOGETHER = 4;
    static final int GROUPS = PLACES / TOGETHER;
    private static final String NOTHING = "0000000000000000";
    private static final MerkleNodesRequest ALL =
            new MerkleNodesRequest(LEVEL, IntStream.range(0, PLACES).boxed().toList());

    @Override
    public Outcome answer(Visit visit) {
        Convergence known = visit.kvs().convergence();
        if (known.peers().isEmpty()) {
            return Outcome.live("sheet", "Convergence", "Convergence", alone(visit));
        }
        List<HeatMap.Row> rows = rows(visit, known);
        Sheet sheet = Sheet.of(
                "Convergence",
                "Members that hold the same have equal trees of digests. A difference counts once it stands through two"
                        + " comparisons: until then it is news under way.",
                summary(visit, known),
                heat(known, rows),
                groups(known, rows),
                peers(visit, known),
                quarantine(visit, known));
        return Outcome.live("sheet", "Convergence", "Convergence", sheet);
    }

    private static Sheet alone(Visit visit) {
        Section none = Section.of("alone", "No other member", "")
                .table(
                        Table.of("").build(),
                        new Empty(
                                "This node is on its own, so there is nothing to compare. When others join, this page"
                                        + " shows who holds what, and how far behind whoever is behind is.",
                                "Members",
                                "/cluster",
                                Links.kvsctl(visit, "sync", "status")));
        return Sheet.of("Convergence", "", none);
    }

    private static Section summary(Visit visit, Convergence known) {
        List<Convergence.Peer> peers = Verdict.present(known);
        boolean differs = peers.stream().anyMatch(peer -> peer.comparison().lasting() > 0);
        boolean failed =
                peers.stream().anyMatch(peer -> peer.comparison().result().equals(Comparison.FAILED));
        boolean behind = peers.stream().anyMatch(peer -> peer.lag() > 0 || peer.missingHere() > 0);
        Badge verdict;
        if (differs) {
            verdict = Badge.warn("members differ");
        } else if (failed) {
            verdict = Badge.warn("a comparison failed");
        } else if (behind) {
            verdict = Badge.calm("news is under way");
        } else if (Verdict.equalAt(peers).isEmpty()) {
            verdict = Badge.calm("not all are compared yet");
        } else {
            verdict = Badge.good("all hold the same");
        }
        return Section.of("summary", "Verdict", "")
                .verdict(verdict)
                .facts(List.of(
                        new Fact("Converged up to", Numbers.when(known.convergedUpTo(), visit.now())),
                        new Fact(
                                "Open conflicts",
                                Cell.number(known.openConflicts()).to("/conflicts")),
                        new Fact("Held back", Cell.number(known.heldBack()).hinted("versions from the future")),
                        new Fact("Quarantined", Cell.number(known.quarantined()))))
                .actions(List.of(Action.main("Compare now", "/convergence/sync", Map.of())))
                .lines(List.of(Links.kvsctl(visit, "sync", "now")));
    }

    private static List<HeatMap.Row> rows(Visit visit, Convergence known) {
        MerkleNodes mine = visit.kvs().merkleNodes(ALL);
        List<HeatMap.Row> rows = new ArrayList<>();
        rows.add(new HeatMap.Row(known.nodeId(), Collections.nCopies(GROUPS, HeatMap.State.MATCH)));
        List<Optional<MerkleNodes>> answers = EachMember.askAt(
                visit,
                known.peers().stream().map(Convergence.Peer::address).toList(),
                member -> member.merkleNodes(ALL));
        for (int i = 0; i < answers.size(); i++) {
            rows.add(new HeatMap.Row(known.peers().get(i).id(), states(mine, answers.get(i))));
        }
        return rows;
    }

    /** Compared with this node, group by group: the worst of a group's places counts. */
    static List<HeatMap.State> states(MerkleNodes mine, Optional<MerkleNodes> theirs) {
        if (theirs.isEmpty() || theirs.get().epoch() != mine.epoch()) {
            return Collections.nCopies(GROUPS, HeatMap.State.STALE);
        }
        List<HeatMap.State> states = new ArrayList<>(Collections.nCopies(GROUPS, HeatMap.State.MATCH));
        for (int i = 0; i < Math.min(mine.nodes().size(), theirs.get().nodes().size()); i++) {
            String here = mine.nodes().get(i).digest();
            String there = theirs.get().nodes().get(i).digest();
            int group = i / TOGETHER;
            if (!here.equals(there)) {
                boolean missing = here.equals(NOTHING) || there.equals(NOTHING);
                boolean worse = states.get(group) == HeatMap.State.DIFFERS;
                states.set(group, missing && !worse ? HeatMap.State.MISSING : HeatMap.State.DIFFERS);
            }
        }
        return states;
    }

    private static Section heat(Convergence known, List<HeatMap.Row> rows) {
        Table.Builder table = Table.of(
                "Groups of leaves by member", "Member", "The same", "Differ", "Missing on one side", "Not known");
        for (HeatMap.Row row : rows) {
            table.row(
                    Cell.text(row.name()),
                    count(row, HeatMap.State.MATCH),
                    count(row, HeatMap.State.DIFFERS),
                    count(row, HeatMap.State.MISSING),
                    count(row, HeatMap.State.STALE));
        }
        return Section.of(
                        "heat",
                        "Heat map",
                        "One column for each of " + GROUPS + " groups of leaves, compared with " + known.nodeId()
                                + " at this moment: filled where equal, crossed where different, hollow where one side"
                                + " has nothing, a dot where the member does not answer or was asked at another hour.")
                .picture(HeatMap.of(rows))
                .table(table.build(), null);
    }

    /** The way from the picture down to the keys. */
    private static Section groups(Convergence known, List<HeatMap.Row> rows) {
        Table.Builder table = Table.of("Groups that differ", "Member", "Group", "State");
        int shown = 0;
        for (HeatMap.Row row : rows) {
            for (int group = 0; group < row.groups().size() && shown < GROUPS; group++) {
                HeatMap.State state = row.groups().get(group);
                if (state == HeatMap.State.DIFFERS || state == HeatMap.State.MISSING) {
                    String number = String.valueOf(group);
                    table.row(
                            Cell.text(row.name()),
                            Cell.text("Group " + number)
                                    .to("/convergence/group" + Form.query("n", number, "peer", row.name())),
                            Cell.text(HeatMap.word(state)));
                    shown++;
                }
            }
        }
        return Section.of("groups", "Groups that differ", "")
                .table(
                        table.build(),
                        new Empty(
                                "None: whoever answers holds what " + known.nodeId() + " holds. A group that differs is"
                                        + " listed here, and leads to its keys.",
                                "",
                                "",
                                ""));
    }

    private static Cell count(HeatMap.Row row, HeatMap.State state) {
        return Cell.number(row.groups().stream().filter(state::equals).count());
    }

    private static Section peers(Visit visit, Convergence known) {
        Table.Builder table = Table.of(
                "Other members",
                "Member",
                "State",
                "Behind us",
                "We are behind",
                "Last comparison",
                "Result",
                "Equal at");
        for (Convergence.Peer peer : known.peers()) {
            Comparison comparison = peer.comparison();
            table.row(
                    Cell.text(peer.id()),
                    Cell.text(peer.state()),
                    Overview.lag(peer.lag()),
                    Overview.lag(peer.missingHere()),
                    Numbers.when(comparison.at(), visit.now()),
                    Cell.badge(result(comparison)).hinted(comparison.error() == null ? "" : comparison.error()),
                    Numbers.when(comparison.equalAt(), visit.now()));
        }
        return Section.of("peers", "Other members", "").table(table.build(), null);
    }

    private static Badge result(Comparison comparison) {
        return switch (comparison.result()) {
            case Comparison.EQUAL -> Badge.good("equal");
            case Comparison.DIFFERENT -> Badge.warn(comparison.differences() + " differ");
            case Comparison.FAILED -> Badge.bad("failed");
            default -> Badge.calm(comparison.result());
        };
    }

    private static Section quarantine(Visit visit, Convergence known) {
        Table.Builder table = Table.of("Quarantine", "Key", "Written", "By", "Version");
        known.quarantine()
                .forEach(held -> table.row(
                        Cell.code(held.key()).to(Links.key(held.key())),
                        Numbers.when(held.timestamp(), visit.now()),
                        Cell.text(held.origin()),
                        Cell.code(held.uuid().toString())));
        return Section.of("quarantine", "Quarantine", "")
                .table(
                        table.build(),
                        new Empty(
                                "Nothing came back after its deletion was forgotten. What a member brings that was"
                                    + " away for longer than deletions are kept is listed here instead of coming back"
                                    + " to life.",
                                "",
                                "",
                                ""));
    }

    /** Compares now; takes seconds at most. */
    static Outcome sync(Visit visit) {
        visit.kvs().syncNow();
        return Outcome.done("/convergence", Notice.SYNCED);
    }
}
