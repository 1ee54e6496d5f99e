package dev.kvs.console.page;

import dev.kvs.client.AuditFilter;
import dev.kvs.console.svg.Sparkline;
import dev.kvs.console.view.Badge;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Fact;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Table;
import dev.kvs.wire.AuditEntries;
import dev.kvs.wire.Convergence;
import dev.kvs.wire.HealthReport;
import dev.kvs.wire.MemberInfo;
import dev.kvs.wire.SyncStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /}: how the cluster is, and why. */
public final class Overview implements Page {
    private static final int EVENTS = 8;

    private final Samples samples;

    public Overview(Samples samples) {
        this.samples = samples;
    }

    /** A member. */
    public record Card(String name, Badge state, String address, List<Fact> facts, boolean self) {}

    /** A number over time. */
    public record Gauge(String label, String value, String note, Sparkline line) {}

    /** What the page shows. */
    public record Model(
            Verdict verdict,
            List<Card> members,
            List<Gauge> gauges,
            List<Fact> facts,
            @Nullable Table events) {}

    @Override
    public Outcome answer(Visit visit) {
        HealthReport health = visit.kvs().health();
        List<MemberInfo> members = visit.kvs().members();
        Optional<Convergence> convergence = visit.ifAllowed(visit.kvs()::convergence);
        Optional<SyncStatus> sync = visit.ifAllowed(visit.kvs()::syncStatus);
        Model model = new Model(
                Verdict.of(health, members, convergence, visit.now()),
                members.stream().map(member -> card(visit, member)).toList(),
                gauges(visit),
                facts(visit, health, convergence, sync),
                events(visit));
        return Outcome.live("overview", "Overview", "Overview", model);
    }

    static Badge state(MemberInfo member) {
        return switch (member.state()) {
            case MemberInfo.ALIVE -> Badge.good(member.state());
            case "suspect" -> Badge.warn(member.state());
            case MemberInfo.LEFT -> Badge.calm(member.state());
            default -> Badge.bad(member.state());
        };
    }

    private static Card card(Visit visit, MemberInfo member) {
        List<Fact> facts = List.of(
                new Fact("Mode", Cell.text(member.mode())),
                new Fact("Behind", lag(member.self() ? 0 : member.lag())),
                new Fact(member.self() ? "Started" : "Seen", Numbers.when(member.lastSeen(), visit.now())),
                new Fact("Joined", Numbers.when(member.joinedTimestamp(), visit.now())),
                new Fact("Version", Cell.text(member.version())));
        return new Card(member.id(), state(member), member.address(), facts(member, facts), member.self());
    }

    /** This node has always just been seen by itself. */
    private static List<Fact> facts(MemberInfo member, List<Fact> all) {
        return member.self()
                ? all.stream().filter(fact -> !fact.label().equals("Started")).toList()
                : all;
    }

    static Cell lag(long versions) {
        return versions == 0
                ? Cell.text("nothing")
                : Cell.text(Numbers.grouped(versions) + (versions == 1 ? " version" : " versions"));
    }

    private List<Gauge> gauges(Visit visit) {
        Optional<String> metrics = visit.ifAllowed(visit.kvs()::metrics);
        if (metrics.isEmpty()) {
            return List.of();
        }
        samples.add(visit.now().toEpochMilli(), metrics.get());
        List<Samples.Rate> rates = samples.rates();
        if (rates.isEmpty()) {
            Sparkline none = Sparkline.of("", List.of());
            String note = "two looks make a rate; look again in a moment";
            return List.of(
                    new Gauge("Operations per second", "–", note, none), new Gauge("Mean latency", "–", note, none));
        }
        Samples.Rate last = rates.getLast();
        String window = "mean of the last " + Numbers.span(last.lasted());
        return List.of(
                new Gauge(
                        "Operations per second",
                        String.format(Locale.ROOT, last.perSecond() < 10 ? "%.1f" : "%.0f", last.perSecond()),
                        window,
                        Sparkline.of(
                                "Operations per second " + window,
                                rates.stream().map(Samples.Rate::perSecond).toList())),
                new Gauge(
                        "Mean latency",
                        String.format(Locale.ROOT, "%.2f ms", last.latencyMillis()),
                        window,
                        Sparkline.of(
                                "Mean latency " + window,
                                rates.stream().map(Samples.Rate::latencyMillis).toList())));
    }

    private static List<Fact> facts(
            Visit visit, HealthReport health, Optional<Convergence> convergence, Optional<SyncStatus> sync) {
        List<Fact> facts = new ArrayList<>();
        sync.ifPresent(
                known -> facts.add(new Fact("Keys", Cell.number(known.tree().keys()))));
        convergence.ifPresent(known -> {
            facts.add(new Fact(
                    "Open conflicts", Cell.number(known.openConflicts()).to("/conflicts")));
            if (!known.peers().isEmpty()) {
                facts.add(new Fact("Converged up to", Numbers.when(known.convergedUpTo(), visit.now())));
            }
        });
        facts.add(new Fact("Members", Cell.number(health.memberCount())));
        health.checks()
                .forEach(check -> facts.add(new Fact(
                        check.name(),
                        Cell.badge(
                                check.status().equals(HealthReport.OK)
                                        ? Badge.good(check.status())
                                        : Badge.bad(check.status())))));
        return facts;
    }

    /** The audit log is the one list of all that happens; null for who may not read it. */
    private static @Nullable Table events(Visit visit) {
        AuditFilter filter = new AuditFilter(null, null, null, null, EVENTS, null);
        Optional<AuditEntries> page = visit.ifAllowed(() -> visit.kvs().audit(filter));
        if (page.isEmpty()) {
            return null;
        }
        Table.Builder table = Table.of("Latest events", "When", "What", "Who", "About");
        for (AuditEntries.Entry entry : page.get().entries()) {
            table.row(
                    Numbers.when(entry.time(), visit.now()),
                    Cell.text(entry.kind()),
                    Cell.text(entry.actor()),
                    entry.key() == null
                            ? Cell.text(entry.detail() == null ? "" : entry.detail())
                            : Cell.code(entry.key()).to(Links.key(entry.key())));
        }
        return table.build();
    }
}
