package dev.kvs.console.page;

import dev.kvs.console.view.Action;
import dev.kvs.console.view.Badge;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Empty;
import dev.kvs.console.view.Fact;
import dev.kvs.console.view.Section;
import dev.kvs.console.view.Sheet;
import dev.kvs.console.view.Table;
import dev.kvs.wire.ConfigReport;
import dev.kvs.wire.HealthReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@code /node}: this node's health and configuration, and the switch that makes it refuse writes. */
final class NodePage implements Page {
    private static final String READ_ONLY = "read-only";

    @Override
    public Outcome answer(Visit visit) {
        HealthReport health = visit.kvs().health();
        Optional<ConfigReport> config = visit.ifAllowed(visit.kvs()::config);
        List<Section> sections = new ArrayList<>(List.of(health(visit, health)));
        if (config.isPresent()) {
            sections.add(mode(visit, health));
        }
        sections.add(config(visit, config));
        return Outcome.view("sheet", "Node", "Node", new Sheet("Node " + health.nodeId(), "", "", sections));
    }

    private static Section health(Visit visit, HealthReport health) {
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("Mode", Cell.text(health.mode())),
                new Fact("Version", Cell.text(health.version())),
                new Fact("Address", Cell.code(visit.server()))));
        List<String> wrong = new ArrayList<>();
        for (HealthReport.CheckResult check : health.checks()) {
            boolean good = check.status().equals(HealthReport.OK);
            facts.add(
                    new Fact(check.name(), Cell.badge(good ? Badge.good(check.status()) : Badge.bad(check.status()))));
            if (!good) {
                wrong.add(check.name() + ": " + Objects.requireNonNullElse(check.detail(), "down"));
            }
        }
        return Section.of("health", "Health", "")
                .verdict(health.isUp() ? Badge.good("up") : Badge.bad("down"))
                .facts(facts)
                .steps(wrong)
                .lines(List.of(Links.kvsctl(visit, "status")));
    }

    private static Section mode(Visit visit, HealthReport health) {
        boolean readOnly = health.mode().equals(READ_ONLY);
        String wanted = readOnly ? "normal" : READ_ONLY;
        Map<String, String> fields = Map.of("mode", wanted);
        return Section.of(
                        "mode",
                        "Writes",
                        readOnly
                                ? "This node refuses writes of clients with 503. It still takes what other members"
                                        + " have."
                                : "This node takes writes. Read-only, it refuses those of clients, and still takes"
                                        + " what other members have.")
                .actions(List.of(
                        readOnly
                                ? Action.main("Take writes again", "/node/mode", fields)
                                : Action.danger("Make it read-only", "/node/mode", fields)))
                .lines(List.of(Links.kvsctl(visit, "mode", "set", wanted)));
    }

    /** {@code /node/mode}; refusing writes is asked about first. */
    static Outcome changeMode(Visit visit) {
        String mode = visit.form().text("mode");
        if (mode.equals(READ_ONLY) && !Page.isConfirmed(visit)) {
            return Page.ask(
                    "Node",
                    new Page.Confirmation(
                            "Make this node read-only?",
                            "From now on it refuses the writes of clients until somebody switches it back; a restart"
                                    + " does, too, unless its configuration says read_only.",
                            Action.danger("Make it read-only", "/node/mode", Map.of("mode", mode)),
                            "/node"));
        }
        visit.kvs().changeMode(mode);
        return Outcome.done("/node", Notice.MODE_CHANGED);
    }

    private static Section config(Visit visit, Optional<ConfigReport> config) {
        Table.Builder table = Table.of("Configuration", "Setting", "Value", "From", "");
        config.ifPresent(report -> report.settings()
                .forEach((name, entry) -> table.row(
                        Cell.code(name),
                        Cell.code(entry.value().text()),
                        entry.source().equals("default")
                                ? Cell.text("default")
                                : Cell.badge(Badge.calm(entry.source())),
                        entry.active() ? Cell.text("") : Cell.badge(Badge.warn("not yet active")))));
        return Section.of(
                        "configuration", "Configuration", "Secrets are masked. A change needs the file and a restart.")
                .table(
                        table.build(),
                        new Empty(
                                "The configuration is shown to administrators.",
                                "Your access",
                                "/access",
                                Links.kvsctl(visit, "config", "show")))
                .lines(List.of(Links.kvsctl(visit, "config", "show")));
    }
}
