package dev.kvs.console.page;

import dev.kvs.client.Value;
import dev.kvs.console.json.JsonPaths;
import dev.kvs.console.svg.VectorDiagram;
import dev.kvs.console.view.Action;
import dev.kvs.console.view.Badge;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Empty;
import dev.kvs.console.view.Fact;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Section;
import dev.kvs.console.view.Sheet;
import dev.kvs.console.view.Table;
import dev.kvs.wire.ConflictReport;
import dev.kvs.wire.Explanation;
import dev.kvs.wire.Rival;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /conflict}: the inspector. One column a version, what differs marked, and why one of them stands. */
final class ConflictView implements Page {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    @Override
    public Outcome answer(Visit visit) {
        Optional<ConflictReport> found =
                KeyRevisions.uuid(visit.query().text("id")).flatMap(visit.kvs()::conflict);
        if (found.isEmpty()) {
            Section none = Section.of("none", "Not known here", "")
                    .table(
                            Table.of("").build(),
                            new Empty(
                                    "This node knows no conflict of this name; each node names the conflicts it has"
                                            + " seen.",
                                    "All conflicts",
                                    "/conflicts",
                                    Links.kvsctl(visit, "conflict", "list")));
            return new Outcome.View(404, "sheet", "Conflict", "Conflicts", Sheet.of("Conflict", "", none), false);
        }
        ConflictReport conflict = found.get();
        List<Rival> rivals = conflict.rivals().stream().limit(LETTERS.length()).toList();
        List<@Nullable String> documents = new ArrayList<>();
        for (Rival rival : rivals) {
            documents.add(visit.kvs()
                    .revision(conflict.key(), rival.uuid())
                    .map(Value::text)
                    .orElse(null));
        }
        Sheet sheet = Sheet.of(
                "Conflict about " + conflict.key(),
                "",
                summary(visit, conflict),
                why(visit, conflict),
                versions(visit, rivals),
                places(documents, rivals),
                seen(rivals),
                restoring(visit, conflict, rivals, documents));
        return Outcome.live("sheet", "Conflict about " + conflict.key(), "Conflicts", sheet);
    }

    private static Section summary(Visit visit, ConflictReport conflict) {
        return Section.of("summary", "In short", "")
                .verdict(ConflictsPage.state(conflict.status()))
                .facts(List.of(
                        new Fact("Key", Cell.code(conflict.key()).to(Links.key(conflict.key()))),
                        new Fact("Decided by", Cell.text(ConflictsPage.words(conflict.rule()))),
                        new Fact("First seen", Numbers.when(conflict.firstSeen(), visit.now())),
                        new Fact("Last seen", Numbers.when(conflict.lastSeen(), visit.now())),
                        new Fact("Resolved", Numbers.when(conflict.closedAt(), visit.now())),
                        new Fact("Times", Cell.number(conflict.times()))));
    }

    private static Section why(Visit visit, ConflictReport conflict) {
        Optional<Explanation> explanation = visit.kvs().explain(conflict.key());
        return Section.of(
                        "why",
                        "Why one of them stands",
                        explanation.map(Explanation::verdict).orElse("The key is gone."))
                .steps(explanation.map(Explanation::steps).orElse(List.of()));
    }

    private static String letter(int i) {
        return LETTERS.substring(i, i + 1);
    }

    private static Section versions(Visit visit, List<Rival> rivals) {
        List<String> columns = new ArrayList<>(List.of(""));
        for (int i = 0; i < rivals.size(); i++) {
            columns.add("Version " + letter(i));
        }
        Table.Builder table = Table.of("The versions", columns.toArray(String[]::new));
        row(table, rivals, "Outcome", rival -> Cell.badge(rival.winner() ? Badge.good("stands") : Badge.warn("lost")));
        row(table, rivals, "Node", rival -> Cell.text(rival.origin()));
        row(table, rivals, "Node joined", rival -> Numbers.when(rival.originJoined(), visit.now()));
        row(
                table,
                rivals,
                "Timestamp",
                rival -> Cell.code(rival.timestamp() + " + " + rival.counter())
                        .hinted(Numbers.moment(rival.timestamp())));
        row(table, rivals, "UUID", rival -> Cell.code(rival.uuid().toString()));
        row(table, rivals, "Written as", rival -> Cell.text("write " + rival.sequence() + ", " + rival.kind()));
        row(table, rivals, "Had seen", rival -> Cell.code(vector(rival)));
        row(table, rivals, "Kept", rival -> Cell.text(rival.kept() ? "yes" : "no, pruned"));
        return Section.of("versions", "The versions", "").table(table.build(), null);
    }

    private static String vector(Rival rival) {
        StringBuilder text = new StringBuilder();
        rival.vector()
                .forEach((store, sequence) -> text.append(text.isEmpty() ? "" : ", ")
                        .append('…')
                        .append(store.substring(Math.max(0, store.length() - 8)))
                        .append(": ")
                        .append(sequence));
        return text.toString();
    }

    private static void row(Table.Builder table, List<Rival> rivals, String name, Function<Rival, Cell> cell) {
        List<Cell> cells = new ArrayList<>(List.of(Cell.text(name)));
        rivals.forEach(rival -> cells.add(cell.apply(rival)));
        table.row(cells.toArray(Cell[]::new));
    }

    private static Section places(List<@Nullable String> documents, List<Rival> rivals) {
        List<String> columns = new ArrayList<>(List.of("Place"));
        for (int i = 0; i < rivals.size(); i++) {
            columns.add("Version " + letter(i));
        }
        columns.add("");
        Table.Builder table = Table.of("The documents, place by place", columns.toArray(String[]::new));
        JsonPaths.SideBySide compared = JsonPaths.sideBySide(documents);
        for (JsonPaths.Place place : compared.places()) {
            List<Cell> cells = new ArrayList<>();
            cells.add(Cell.code(place.pointer().isEmpty() ? "(the whole)" : place.pointer()));
            for (@Nullable String value : place.values()) {
                cells.add(value == null ? Cell.text("nothing") : Cell.code(value));
            }
            cells.add(place.differs() ? Cell.badge(Badge.warn("differs")) : Cell.text("same"));
            table.row(cells.toArray(Cell[]::new));
        }
        return Section.of("documents", "The documents, place by place", compared.note())
                .table(
                        table.build(),
                        compared.note().isEmpty()
                                ? new Empty("None of the versions has a document that is still kept.", "", "", "")
                                : null);
    }

    private static Section seen(List<Rival> rivals) {
        List<VectorDiagram.Rival> drawn = new ArrayList<>();
        for (int i = 0; i < rivals.size(); i++) {
            drawn.add(new VectorDiagram.Rival(
                    letter(i), rivals.get(i).vector(), rivals.get(i).winner()));
        }
        return Section.of(
                        "seen",
                        "What each had seen",
                        "One line a store, later writes to the right. Versions conflict when neither is at least as"
                                + " far as the other on every line.")
                .picture(VectorDiagram.of(drawn));
    }

    private static Section restoring(
            Visit visit, ConflictReport conflict, List<Rival> rivals, List<@Nullable String> documents) {
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < rivals.size(); i++) {
            Rival rival = rivals.get(i);
            if (!rival.winner() && documents.get(i) != null) {
                actions.add(Action.plain(
                        "Restore version " + letter(i),
                        "/key/restore",
                        Map.of("k", conflict.key(), "r", rival.uuid().toString())));
            }
        }
        String note = actions.isEmpty()
                ? "There is no other version whose document is still kept."
                : "A restored version is written anew, over all of these, and resolves the conflict.";
        return Section.of("restore", "Bring one back", note)
                .actions(actions)
                .lines(List.of(Links.kvsctl(visit, "explain", conflict.key())));
    }
}
