package dev.kvs.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Random versions from a seed, with few different values in each field so that ties and conflicts are common. */
public final class Versions {
    private final Random random;

    public Versions(long seed) {
        this.random = new Random(seed);
    }

    /** A version of {@code k} with this dot, whose writer had seen these. */
    public static Version.Draft draft(int uuid, long hlc, long expiresAt, Kind kind, Dot dot, Dot... seen) {
        return new Version.Draft(
                Key.of("k"),
                new UUID(7, uuid),
                hlc,
                new Origin(dot.store(), new NodeId("n"), 1),
                dot.sequence(),
                VersionVector.of(List.of(seen)).with(dot),
                expiresAt,
                kind,
                Acl.UNOWNED);
    }

    /** A document of {@code k}, likewise. */
    public static Version live(int uuid, long hlc, Dot dot, Dot... seen) {
        return draft(uuid, hlc, Version.NEVER, Kind.LIVE, dot, seen).seal(new byte[] {'1'});
    }

    public Version next(Key key) {
        Origin origin = origin();
        long sequence = 1 + random.nextInt(4);
        VersionVector vector = vector().with(new Dot(origin.store(), sequence));
        Kind kind = Kind.values()[random.nextInt(3)];
        byte[] body = kind == Kind.TOMBSTONE ? new byte[0] : json();
        return new Version.Draft(
                        key,
                        new UUID(0x7000L | random.nextInt(3), random.nextInt(3) - 1L),
                        random.nextInt(3),
                        origin,
                        vector.sequenceOf(origin.store()),
                        vector,
                        random.nextInt(4) == 0 ? 1_000L + random.nextInt(2) : Version.NEVER,
                        kind,
                        acl())
                .seal(body);
    }

    public VersionVector vector() {
        List<Dot> dots = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int sequence = random.nextInt(4);
            if (sequence > 0) {
                dots.add(new Dot(store(i), sequence));
            }
        }
        return VersionVector.of(dots);
    }

    private Origin origin() {
        int node = random.nextInt(3);
        return new Origin(store(node), new NodeId("node-" + node), random.nextInt(2));
    }

    private static StoreId store(int number) {
        return new StoreId(new UUID(number - 1L, 7));
    }

    private Acl acl() {
        return random.nextInt(3) == 0 ? new Acl(new UUID(1, random.nextInt(2)), null, 0xFFF) : Acl.UNOWNED;
    }

    private byte[] json() {
        return ("{\"n\":" + random.nextInt(2) + "}").getBytes(StandardCharsets.UTF_8);
    }
}
