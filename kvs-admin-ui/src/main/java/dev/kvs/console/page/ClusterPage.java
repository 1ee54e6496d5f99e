package dev.kvs.console.page;

import dev.kvs.client.KvsClient;
import dev.kvs.console.svg.ClusterMap;
import dev.kvs.console.view.Badge;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Section;
import dev.kvs.console.view.Sheet;
import dev.kvs.console.view.Table;
import dev.kvs.wire.ConfigReport;
import dev.kvs.wire.MemberInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /cluster}: who is there, as a picture and as a table; where a key lives; what members are configured otherwise in. */
final class ClusterPage implements Page {
    @Override
    public Outcome answer(Visit visit) {
        List<MemberInfo> members = visit.kvs().members();
        Table.Builder table =
                Table.of("Members", "Member", "State", "Mode", "Behind", "Address", "Last seen", "Joined", "Version");
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
        List<Section> sections = new ArrayList<>(List.of(map, list, KeySurroundings.whereabouts(visit, members)));
        drift(visit, members).ifPresent(sections::add);
        String intro = members.size() == 1
                ? "This node is on its own. Another one joins when its configuration names this one in seed_nodes."
                : "As " + self(members) + " sees them; every member has a view of its own.";
        return Outcome.live("sheet", "Cluster", "Cluster", new Sheet("Cluster", intro, "", sections));
    }

    /** What the configurations differ in, beside what is meant to; empty for a node by itself, and for who may not see them. */
    private static Optional<Section> drift(Visit visit, List<MemberInfo> members) {
        if (members.size() == 1 || visit.ifAllowed(visit.kvs()::config).isEmpty()) {
            return Optional.empty();
        }
        List<Optional<ConfigReport>> answers = EachMember.ask(visit, members, KvsClient::config);
        List<ConfigReport> known = answers.stream().flatMap(Optional::stream).toList();
        List<String> columns = new ArrayList<>(List.of("Setting"));
        List<String> silent = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            (answers.get(i).isPresent() ? columns : silent).add(members.get(i).id());
        }
        Table.Builder table = Table.of("Settings that differ", columns.toArray(String[]::new));
        List<String> differing = ConfigReport.differing(known, false);
        for (String name : differing) {
            List<Cell> row = new ArrayList<>(List.of(Cell.code(name)));
            known.forEach(config -> row.add(value(config, name)));
            table.row(row.toArray(Cell[]::new));
        }
        String note =
                "What every member has for itself, such as its name and its addresses, is left out; secrets, being"
                        + " masked, cannot be compared."
                        + (silent.isEmpty() ? "" : " No answer: " + String.join(", ", silent) + ".");
        return Optional.of(Section.of("drift", "Configuration", note)
                .verdict(
                        differing.isEmpty()
                                ? Badge.good("those who answer are configured alike")
                                : Badge.warn(differing.size()
                                        + (differing.size() == 1 ? " setting differs" : " settings differ")))
                .table(table.build(), null)
                .lines(List.of(Links.kvsctl(visit, "config", "diff") + ",URL")));
    }

    private static Cell value(ConfigReport config, String name) {
        ConfigReport.Entry entry = config.settings().get(name);
        return entry == null ? Cell.none() : Cell.code(entry.value().text());
    }

    private static String self(List<MemberInfo> members) {
        return members.stream()
                .filter(MemberInfo::self)
                .map(MemberInfo::id)
                .findFirst()
                .orElse("this node");
    }
}
