package dev.kvs.console.page;

import dev.kvs.client.AuditFilter;
import dev.kvs.client.Value;
import dev.kvs.client.ValueInfo;
import dev.kvs.console.view.Badge;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Empty;
import dev.kvs.console.view.Fact;
import dev.kvs.console.view.Field;
import dev.kvs.console.view.FormView;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Section;
import dev.kvs.console.view.Table;
import dev.kvs.console.web.Form;
import dev.kvs.wire.Convergence;
import dev.kvs.wire.MemberInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What there is to know about a key beside its value: who holds it, and what was done to it. */
final class KeySurroundings {
    /** Entries of the audit log that are looked at: those of keys that begin with this one are among them. */
    private static final int LOOKED_AT = 100;

    private static final int SHOWN = 10;

    private KeySurroundings() {}

    static List<Section> of(Visit visit, String key, Optional<Value> value) {
        List<Section> sections = new ArrayList<>();
        members(visit, key, value).ifPresent(sections::add);
        audit(visit, key).ifPresent(sections::add);
        return sections;
    }

    private static String whereabouts(String key) {
        return "/cluster" + Form.query("k", key) + "#where";
    }

    /** What this node knows of the others without asking; empty where there are none, and for who may not know. */
    private static Optional<Section> members(Visit visit, String key, Optional<Value> value) {
        Optional<Convergence> known = visit.ifAllowed(visit.kvs()::convergence);
        if (value.isEmpty() || known.isEmpty() || known.get().peers().isEmpty()) {
            return Optional.empty();
        }
        Table.Builder table = Table.of("Members that hold this version", "Member", "This version", "Last heard of");
        table.row(
                Cell.text(known.get().nodeId() + " (this node)"), Cell.badge(Badge.good("holds it")), Cell.text("now"));
        for (Convergence.Peer peer : known.get().peers()) {
            table.row(
                    Cell.text(peer.id()),
                    Cell.badge(told(peer, known.get(), value.get())),
                    Numbers.when(peer.toldAt(), visit.now()));
        }
        return Optional.of(Section.of(
                        "replicas",
                        "Members",
                        "Every member holds every key. This is what this node has been told so far.")
                .facts(List.of(
                        new Fact("At this moment", Cell.text("ask each of them").to(whereabouts(key)))))
                .table(table.build(), null));
    }

    private static Badge told(Convergence.Peer peer, Convergence known, Value value) {
        Long all = known.convergedUpTo();
        boolean holds = (peer.toldAt() != null && peer.lag() == 0) || (all != null && all >= value.timestamp());
        return holds
                ? Badge.good("holds it")
                : Badge.calm("not known: " + Numbers.grouped(peer.lag()) + " versions are under way to it");
    }

    /** Empty for who may not read the audit log, and where there is none. */
    private static Optional<Section> audit(Visit visit, String key) {
        AuditFilter filter = new AuditFilter(null, null, key, null, LOOKED_AT, null);
        return visit.ifAllowed(() -> visit.kvs().audit(filter)).map(page -> {
            Table.Builder table = Table.of("What was done to this key", "When", "What", "Who", "Detail");
            page.entries().stream()
                    .filter(entry -> key.equals(entry.key()))
                    .limit(SHOWN)
                    .forEach(entry -> table.row(
                            Numbers.when(entry.time(), visit.now()),
                            Cell.text(entry.kind()),
                            Cell.text(entry.actor()),
                            Cell.text(entry.detail() == null ? "" : entry.detail())));
            return Section.of("audit", "Audit", "")
                    .facts(List.of(
                            new Fact("All of it", Cell.text("in the audit log").to("/audit" + Form.query("key", key)))))
                    .table(
                            table.build(),
                            new Empty("The audit log says nothing of this key among its latest entries.", "", "", ""));
        });
    }

    /** The form that asks where a key lives and, when one is asked for, what each member answers. */
    static Section whereabouts(Visit visit, List<MemberInfo> members) {
        String key = visit.query().text("k").strip();
        Section section = Section.of("where", "Where does a key live?", "Every member holds every key.")
                .form(new FormView(
                        "/cluster", false, "where", "Ask each member", List.of(Field.text("k", "Key", key, ""))));
        if (key.isEmpty()) {
            return section;
        }
        List<Optional<Optional<ValueInfo>>> answers = EachMember.ask(visit, members, member -> member.head(key));
        long versions = answers.stream()
                .flatMap(Optional::stream)
                .map(answer -> answer.map(ValueInfo::uuid))
                .distinct()
                .count();
        Table.Builder table = Table.of("Who holds " + key, "Member", "Answer", "Version", "Written", "Size");
        for (int i = 0; i < members.size(); i++) {
            table.row(row(visit, members.get(i), answers.get(i)));
        }
        return section.verdict(
                        versions > 1
                                ? Badge.warn("members hold different versions of " + key)
                                : Badge.good("whoever answers holds the same of " + key))
                .table(table.build(), null);
    }

    private static Cell[] row(Visit visit, MemberInfo member, Optional<Optional<ValueInfo>> answer) {
        Optional<ValueInfo> held = answer.flatMap(found -> found);
        Badge said = held.isPresent()
                ? Badge.good("holds it")
                : answer.isPresent() ? Badge.calm("has nothing there that you may see") : Badge.bad("does not answer");
        Long size = held.map(ValueInfo::size).orElse(null);
        return new Cell[] {
            Cell.text(member.id()),
            Cell.badge(said),
            held.map(ValueInfo::uuid).map(UUID::toString).map(Cell::code).orElseGet(Cell::none),
            Numbers.when(held.map(ValueInfo::timestamp).orElse(null), visit.now()),
            size == null ? Cell.none() : Cell.number(Numbers.bytes(size))
        };
    }
}
