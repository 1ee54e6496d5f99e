package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.client.Value;
import dev.kvs.client.WriteOptions;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl touch}. */
@Command(
        name = "touch",
        description = {
            "Write documents again as they are, as new versions dated now.",
            "With --ttl they live so long from now; without, what is left of their time stays."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl touch sessions/17 --ttl 30m",
            "  kvsctl find sessions --expires-within 1m -o name | xargs -r -d '\\n' kvsctl touch --ttl 30m --"
        })
final class TouchCommand implements Action {
    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "KEY", description = "The keys.")
    List<String> keys = new ArrayList<>();

    @Option(names = "--ttl", paramLabel = "DURATION", description = "How long from now they live; 0 for ever.")
    @Nullable
    String ttl;

    TouchCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        keys.forEach(Session::key);
        Duration life = ttl == null ? null : Settings.duration("--ttl", ttl);
        Bulk bulk = new Bulk(session, "touched", keys.size() > 1);
        keys.forEach(key -> bulk.each(key, () -> touch(session.client(), key, life)));
        return bulk.finish();
    }

    private static void touch(KvsClient client, String key, @Nullable Duration life) {
        Value value = client.get(key).orElseThrow(() -> missing(key));
        Duration left = life == null ? Arguments.left(value.expiresAt()) : life;
        client.put(
                key,
                value.json().utf8(),
                WriteOptions.NONE.withIfMatch(value.uuid()).withTtl(left));
    }

    /** What every command says of a key that must be there and is not. */
    static Failure missing(String key) {
        return Failure.of(ExitCode.NOT_FOUND, "not_found", key + " is not stored");
    }
}
