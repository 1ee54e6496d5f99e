package dev.kvs.ctl.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kvs.client.KvsClient;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.MemberInfo;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.Rival;
import dev.kvs.wire.SeedRequest;
import dev.kvs.wire.WireJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl conflict seed}. */
@Command(
        name = "seed",
        description = {
            "Make a conflict on purpose: each value is written on another node as if it knew of no other. Prints the"
                    + " winner to expect and why.",
            "The nodes must allow it (conflict_seeding_enabled: true)."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl conflict seed demo/color --values '\"red\",\"blue\"' --same-timestamp",
            "  kvsctl conflict seed demo/many --nodes node-1,node-2 --count 10"
        })
final class ConflictSeedCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("key"),
            Column.of("winner"),
            Column.of("value"),
            Column.of("origin"),
            Column.of("why"),
            Column.of("losers").inWide());

    private static final int COUNT_MAX = 1_000;

    /** The order of versions, as far as it can matter here; the node decides by the same. */
    private static final Comparator<Rival> BEST_FIRST = Comparator.comparingLong(Rival::timestamp)
            .thenComparingInt(Rival::counter)
            .reversed()
            .thenComparingLong(Rival::originJoined)
            .thenComparing(rival -> rival.uuid().toString());

    private final Session session;

    @Parameters(paramLabel = "KEY", description = "The key; with --count, KEY-1, KEY-2 and so on.")
    String key = "";

    @Option(
            names = "--values",
            paramLabel = "J1,J2",
            description = "JSON documents, one for each node; default \"red\",\"blue\".")
    String values = "\"red\",\"blue\"";

    @Option(
            names = "--nodes",
            paramLabel = "MEMBER",
            split = ",",
            description = "The members to write on; default the first that take writes.")
    List<String> nodes = new ArrayList<>();

    @Option(names = "--same-timestamp", description = "All get exactly the same timestamp, so that it cannot decide.")
    boolean sameTimestamp;

    @Option(names = "--count", paramLabel = "N", description = "Make N conflicts, 1 to 1000; default 1.")
    int count = 1;

    ConflictSeedCommand(Session session) {
        this.session = session;
    }

    /** A version as it was planted, and its document. */
    private record Planted(Rival rival, String value) {}

    @Override
    public ExitCode run() {
        Arguments.number("--count", count, 1, COUNT_MAX);
        List<RawJson> documents = documents();
        List<String> keys = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            keys.add(Session.key(count == 1 ? key : key + "-" + i));
        }
        List<URI> servers = servers(documents.size());
        if (session.settings().dryRun()) {
            session.output().note("Would write " + keys.size() + " keys on " + servers);
            return ExitCode.OK;
        }
        session.requireUnguarded("conflict seed writes rivals of " + keys.getFirst());
        List<KvsClient> clients = new ArrayList<>();
        try {
            servers.forEach(server -> clients.add(session.client(server)));
            Listing listing = session.output().listing("conflicts", COLUMNS);
            keys.forEach(each -> show(listing, each, planted(each, documents, clients)));
            listing.end();
            if (sameTimestamp) {
                session.output()
                        .note("With conflict_policy majority-vote the members may prefer another: the one that most"
                                + " of them stored first.");
            }
        } finally {
            clients.forEach(KvsClient::close);
        }
        return ExitCode.OK;
    }

    private List<RawJson> documents() {
        try {
            RawJson[] read = WireJson.read(("[" + values + "]").getBytes(StandardCharsets.UTF_8), RawJson[].class);
            if (read.length >= 2) {
                return List.of(read);
            }
            throw Failure.usage("--values needs two documents at least, and has " + read.length);
        } catch (JsonProcessingException e) {
            throw Failure.usage("--values '" + values + "' are not JSON documents with commas between them: "
                    + e.getOriginalMessage());
        }
    }

    private List<URI> servers(int needed) {
        List<MemberInfo> members = session.client().members();
        List<MemberInfo> chosen = nodes.isEmpty()
                ? members.stream()
                        .filter(member -> member.state().equals(MemberInfo.ALIVE)
                                && member.mode().equals("normal"))
                        .limit(needed)
                        .toList()
                : nodes.stream().map(name -> named(members, name)).distinct().toList();
        if (chosen.size() != needed) {
            throw Failure.usage("there are " + needed + " values and " + chosen.size()
                    + " nodes to write them on: two writes of one node follow each other and make no conflict");
        }
        String scheme = session.settings().servers().getFirst().getScheme();
        return chosen.stream()
                .map(member -> URI.create(scheme + "://" + member.address()))
                .toList();
    }

    private static MemberInfo named(List<MemberInfo> members, String name) {
        return members.stream()
                .filter(member -> member.id().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.usage(
                        "--nodes names '" + name + "', which is no member; kvsctl members list shows them"));
    }

    private List<Planted> planted(String each, List<RawJson> documents, List<KvsClient> clients) {
        List<Planted> planted = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            RawJson document = documents.get(i);
            @Nullable
            Rival first = planted.isEmpty() || !sameTimestamp
                    ? null
                    : planted.getFirst().rival();
            SeedRequest request = new SeedRequest(
                    each, document, first == null ? null : first.timestamp(), first == null ? null : first.counter());
            planted.add(new Planted(clients.get(i).seedConflict(request), document.text()));
        }
        return planted;
    }

    private static void show(Listing listing, String each, List<Planted> planted) {
        List<Planted> order = planted.stream()
                .sorted(Comparator.comparing(Planted::rival, BEST_FIRST))
                .toList();
        Rival winner = order.getFirst().rival();
        Rival next = order.get(1).rival();
        listing.row(
                each,
                winner.uuid(),
                order.getFirst().value(),
                winner.origin(),
                why(winner, next),
                order.stream().skip(1).map(loser -> loser.rival().uuid()).toList());
    }

    private static String why(Rival winner, Rival next) {
        if (winner.timestamp() != next.timestamp() || winner.counter() != next.counter()) {
            return "its timestamp is later";
        }
        return winner.originJoined() != next.originJoined()
                ? "the timestamps are the same, and " + winner.origin() + " is older than " + next.origin()
                : "timestamps and ages of the nodes are the same, and its UUID is smaller";
    }
}
