package dev.kvs.console.page;

import dev.kvs.console.svg.ClusterMap;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Section;
import dev.kvs.console.view.Sheet;
import dev.kvs.console.view.Table;
import dev.kvs.wire.MemberInfo;
import java.util.List;

/** {@code /cluster}: who is there, as a picture and as a table. */
final class ClusterPage implements Page {
    @Override
    public Outcome answer(Visit visit) {
        List<MemberInfo> members = visit.kvs().members();
        Table.Builder table =
                Table.of("Members", "Member", "State", "Mode", "Behind", "Address", "Last seen", "Founded", "Version");
        for (MemberInfo member : members) {
            table.row(
                    Cell.text(member.id() + (member.self() ? " (this node)" : "")),
                    Cell.badge(Overview.state(member)),
                    Cell.text(member.mode()),
                    Overview.lag(member.self() ? 0 : member.lag()),
                    Cell.code(member.address()),
                    member.self() ? Cell.text("now") : Numbers.when(member.lastSeen(), visit.now()),
                    Numbers.when(member.joinedTimestamp(), visit.now()),
                    Cell.text(member.version()));
        }
        List<ClusterMap.Spot> spots = members.stream()
                .map(member -> new ClusterMap.Spot(
                        member.id(), member.state().equals(MemberInfo.ALIVE), member.self(), member.lag()))
                .toList();
        Section map = Section.of(
                        "map",
                        "Map",
                        "Lines lead from this node to the others: solid to who answers, dashed to who does not.")
                .picture(ClusterMap.of(spots));
        Section list = Section.of("members", "Members", "")
                .table(table.build(), null)
                .lines(List.of(Links.kvsctl(visit, "members", "list")));
        String intro = members.size() == 1
                ? "This node is on its own. Another one joins when its configuration names this one in seed_nodes."
                : "As " + self(members) + " sees them; every member has a view of its own.";
        return Outcome.live("sheet", "Cluster", "Cluster", Sheet.of("Cluster", intro, map, list));
    }

    private static String self(List<MemberInfo> members) {
        return members.stream()
                .filter(MemberInfo::self)
                .map(MemberInfo::id)
                .findFirst()
                .orElse("this node");
    }
}
