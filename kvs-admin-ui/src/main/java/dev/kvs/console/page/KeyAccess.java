package dev.kvs.console.page;

import dev.kvs.client.AccessClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.client.WriteOptions;
import dev.kvs.console.view.Badge;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Metadata;
import dev.kvs.wire.MetadataRequest;
import dev.kvs.wire.Permissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /key/access}: whose a value is, its twelve permissions as a grid, and what the visitor may do with it himself. */
public final class KeyAccess implements Page {
    private static final List<String> WHO = List.of("owner", "group", "others");
    private static final List<String> VERBS = List.of("create", "delete", "write", "read");
    private static final int HIGHEST = 1 << (WHO.size() * VERBS.size() - 1);

    /** A box of the grid; {@code bit} is its value in the permissions. */
    public record Box(int bit, String label, boolean ticked) {}

    /** Everything that one kind of caller may do. */
    public record Row(String who, List<Box> boxes) {}

    /** What the page shows. */
    public record Model(
            String key,
            String back,
            String uuid,
            String owner,
            String group,
            List<String> verbs,
            List<Row> rows,
            List<Badge> rights,
            String problem,
            String line) {}

    @Override
    public Outcome answer(Visit visit) {
        return visit.request().isPost()
                ? change(visit)
                : show(200, visit, visit.query().text("k"), "");
    }

    private static Outcome show(int status, Visit visit, String key, String problem) {
        Optional<Metadata> found = visit.isGuarded() ? visit.kvs().access().metadata(key) : Optional.empty();
        if (found.isEmpty()) {
            return Outcome.done(Links.key(key), Notice.NONE);
        }
        Metadata about = found.get();
        Model model = new Model(
                key,
                Links.key(key),
                about.uuid().toString(),
                about.owner() == null ? "" : about.owner(),
                about.group() == null ? "" : about.group(),
                VERBS,
                grid(about.permissions()),
                rights(visit.kvs().access(), key),
                problem,
                Links.kvsctl(visit, "acl", "set", key, "--mode", about.mode()));
        return new Outcome.View(status, "key-access", "Permissions of " + key, "Keys", model, false);
    }

    private static List<Row> grid(int permissions) {
        List<Row> rows = new ArrayList<>();
        int bit = HIGHEST;
        for (String who : WHO) {
            List<Box> boxes = new ArrayList<>();
            for (String verb : VERBS) {
                boxes.add(new Box(bit, who + " may " + verb, (permissions & bit) != 0));
                bit >>= 1;
            }
            rows.add(new Row(who, boxes));
        }
        return rows;
    }

    private static List<Badge> rights(AccessClient access, String key) {
        return VERBS.stream()
                .map(verb -> access.can(null, verb, key).allowed()
                        ? Badge.good("you may " + verb)
                        : Badge.warn("you may not " + verb))
                .toList();
    }

    private static Outcome change(Visit visit) {
        String key = visit.form().text("k");
        int permissions = 0;
        for (String bit : visit.form().all("bit")) {
            permissions |= bit.matches("[0-9]{1,4}") ? Integer.parseInt(bit) & (2 * HIGHEST - 1) : 0;
        }
        MetadataRequest request = new MetadataRequest(
                visit.form().text("owner").strip(),
                visit.form().text("group").strip(),
                null,
                Permissions.format(permissions),
                null);
        Optional<UUID> base = KeyRevisions.uuid(visit.form().text("base"));
        try {
            visit.kvs()
                    .access()
                    .changeMetadata(
                            key,
                            request,
                            base.map(WriteOptions.NONE::withIfMatch).orElse(WriteOptions.NONE));
            return Outcome.done(Links.key(key), Notice.CHANGED);
        } catch (KvsClientException.Refused refused) {
            String why = refused.is(ErrorCode.PRECONDITION_FAILED)
                    ? "Somebody has changed the value meanwhile. This is what holds now; decide again."
                    : refused.detail();
            return show(refused.status(), visit, key, "Not changed. " + why);
        }
    }
}
