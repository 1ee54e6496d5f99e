package dev.kvs.simulation;

import dev.kvs.crash.ForgetfulDisk;
import dev.kvs.model.Conflict;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Check;
import dev.kvs.platform.Disk;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.Time;
import dev.kvs.replication.SystemKeyspace;
import dev.kvs.storage.Arrivals;
import dev.kvs.storage.Store;
import dev.kvs.storage.WinnerDigest;
import dev.kvs.wire.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Ways to plant a {@link PlantedFault}. */
final class Plant {
    private Plant() {}

    /** What becomes of a push on its way. */
    interface Falsification {
        byte[] apply(byte[] body, Store sender);
    }

    /** What becomes of a service. */
    interface Replacement {
        Network.Service of(Network.Service service, Store store);
    }

    static Planted disk(Predicate<Path> forgotten) {
        return new Planted() {
            @Override
            public Disk disk(Disk disk) {
                return new ForgetfulDisk(disk, forgotten);
            }
        };
    }

    static Planted push(Falsification falsified) {
        return new Planted() {
            @Override
            public Network network(Network network, Store store) {
                return (address, path, body, timeout, then) -> network.call(
                        address, path, path == PeerPath.PUSH ? falsified.apply(body, store) : body, timeout, then);
            }
        };
    }

    static Planted digest(Predicate<Key> noticed) {
        return new Planted() {
            @Override
            public WinnerDigest digest(WinnerDigest digest) {
                return new ForgetfulDigest(digest, noticed);
            }
        };
    }

    static Planted service(Replacement replacement) {
        return new Planted() {
            @Override
            public Network.Service service(PeerPath path, Network.Service service, Store store) {
                return path == PeerPath.PUSH ? replacement.of(service, store) : service;
            }
        };
    }

    static Planted replicationAhead(long millis) {
        return new Planted() {
            @Override
            public Time replicationTime(Time time) {
                return ahead(time, millis);
            }
        };
    }

    /** What is seen instead of what there is. */
    interface View {
        Reading of(Store store, SystemKeyspace system, Time time);
    }

    static Planted reading(View view) {
        return new Planted() {
            @Override
            public Reading reading(Store store, SystemKeyspace system, Time time) {
                return view.of(store, system, time);
            }
        };
    }

    static Planted collecting(Predicate<Version> rule) {
        return new Planted() {
            @Override
            public void opened(Store store) {
                store.collectOnly(rule);
            }
        };
    }

    /** A wall clock that goes ahead of another one. */
    static Time ahead(Time time, long millis) {
        return new Time() {
            @Override
            public long epochMillis() {
                return time.epochMillis() + millis;
            }

            @Override
            public long monotonicNanos() {
                return time.monotonicNanos();
            }
        };
    }

    static Set<Key> withoutLast(Set<Key> keys) {
        return keys.stream().limit(Math.max(0, keys.size() - 1)).collect(Collectors.toSet());
    }

    static KvsException refusal() {
        return new KvsException(ErrorCode.OVERLOADED, "planted");
    }

    /** Whether the store has to take over everything first. */
    static boolean isNew(Store store) {
        return store.feed().appendedKnowledge().dots().isEmpty();
    }

    /** Puts a loser down as a rival of the winner; true, so that it can be part of a condition. */
    static boolean name(Version loser, Store store) {
        Version winner = Check.present(store.newest(loser.key()), "it loses to something");
        Conflict known = store.conflict(loser.key());
        dispute(
                store,
                known != null && known.isOpen()
                        ? known.joinedBy(winner, loser, known.lastMillis())
                        : Conflict.between(loser.uuid(), winner, loser, Hlc.millis(loser.hlc())));
        return true;
    }

    /** Opens the conflict of a key again if it was settled. */
    static void reopen(Key key, Store store) {
        Conflict known = store.conflict(key);
        if (known != null && !known.isOpen()) {
            dispute(
                    store,
                    new Conflict(
                            known.id(),
                            key,
                            known.rivals(),
                            known.rule(),
                            known.times(),
                            known.firstMillis(),
                            known.lastMillis(),
                            known.vote(),
                            null));
        }
    }

    private static void dispute(Store store, Conflict conflict) {
        store.receive(new Arrivals(List.of(), VersionVector.EMPTY, List.of(conflict), List.of()))
                .await();
    }

    static boolean loses(Version version, Store store) {
        Version winner = store.newest(version.key());
        return winner != null
                && winner.vector().compare(version.vector()) == VersionVector.Relation.CONCURRENT
                && VersionOrder.INSTANCE.compare(winner, version) > 0;
    }

    static Version withoutCounter(Version version) {
        Version.Draft draft = version.draft();
        byte[] body = version.body();
        Version.Draft rounded = new Version.Draft(
                draft.key(),
                draft.uuid(),
                Hlc.ofMillis(Hlc.millis(draft.hlc())),
                draft.origin(),
                draft.sequence(),
                draft.vector(),
                draft.expiresAt(),
                draft.kind(),
                draft.acl());
        return body == null ? rounded.sealWithoutBody(version.bodyHash()) : rounded.seal(body);
    }

    /** Misses some changes. */
    static class ForgetfulDigest implements WinnerDigest {
        private final WinnerDigest digest;
        private final Predicate<Key> noticed;

        ForgetfulDigest(WinnerDigest digest, Predicate<Key> noticed) {
            this.digest = digest;
            this.noticed = noticed;
        }

        @Override
        public void change(Key key, long removed, long added) {
            if (noticed.test(key)) {
                digest.change(key, removed, added);
            }
        }

        @Override
        public List<Page> takeChanged() {
            return digest.takeChanged();
        }

        @Override
        public void restore(List<Page> pages) {
            digest.restore(pages);
        }
    }
}
