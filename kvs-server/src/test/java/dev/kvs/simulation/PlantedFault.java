package dev.kvs.simulation;

import dev.kvs.crash.ForgetfulDisk;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Disk;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.Time;
import dev.kvs.replication.gossip.PlantedPushes;
import dev.kvs.storage.Store;
import dev.kvs.storage.WinnerDigest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Bugs that the simulation has to find: a check that cannot fail is a defect. */
enum PlantedFault {
    /** Writes are acknowledged that were never synced. */
    LOG_IS_NOT_SYNCED {
        @Override
        Planted plant() {
            return disk(path -> path.toString().endsWith(".wal"));
        }
    },
    /** Every other write is acknowledged before it is synced: with the next one. */
    ACKNOWLEDGED_BEFORE_THE_SYNC(4) {
        @Override
        Planted plant() {
            return new Planted() {
                @Override
                public Disk disk(Disk disk) {
                    return new LazyDisk(disk, path -> path.toString().endsWith(".wal"));
                }
            };
        }
    },
    /** A new segment of the log may vanish with its name. */
    DIRECTORY_IS_NOT_SYNCED {
        @Override
        Planted plant() {
            return disk(path -> path.toString().equals("log"));
        }
    },
    /** The log is cut although the tables are not on the disk. */
    TABLES_ARE_NOT_SYNCED {
        @Override
        Planted plant() {
            return disk(path -> path.toString().startsWith("store.mv.db"));
        }
    },
    /** Deletions stay where they were made. */
    TOMBSTONES_ARE_NOT_PUSHED {
        @Override
        Planted plant() {
            return push((body, store) -> PlantedPushes.keeping(body, version -> version.kind() != Kind.TOMBSTONE));
        }
    },
    /** Every twentieth version is left out, and claimed to be known. */
    SEQUENCES_ARE_SKIPPED {
        @Override
        Planted plant() {
            return push((body, store) -> PlantedPushes.keeping(body, version -> version.sequence() % 20 != 7));
        }
    },
    /** What another node wrote is not passed on, so nothing gets around a broken link or is left by a lost disk. */
    NOTHING_IS_RELAYED {
        @Override
        Planted plant() {
            return push((body, store) -> PlantedPushes.ownOnly(body, store.id()));
        }
    },
    /** The timestamps of versions lose their counters on the way. */
    TIMES_ARE_COMPARED_IN_MILLISECONDS {
        @Override
        Planted plant() {
            return push((body, store) -> PlantedPushes.changing(body, PlantedFault::withoutCounter));
        }
    },
    /** The loser of a conflict is thrown away on arrival. */
    LOSERS_ARE_DROPPED {
        @Override
        Planted plant() {
            return service((service, store) ->
                    (caller, body) -> service.answer(caller, PlantedPushes.keeping(body, one -> !loses(one, store))));
        }
    },
    /** A peer says that it holds what it throws away. */
    COPIES_ARE_CLAIMED(9) {
        @Override
        Planted plant() {
            AtomicLong pushes = new AtomicLong();
            return service((service, store) -> (caller, body) -> pushes.getAndIncrement() % 5 == 4
                    ? PlantedPushes.claimingAll(body, store.id(), store.feed().knowledge())
                    : service.answer(caller, body));
        }
    },
    /** A version from the future is shown at once. */
    NOTHING_IS_HELD_BACK(6) {
        @Override
        Planted plant() {
            return replicationAhead(2 * Scenario.HOUR_MILLIS);
        }
    },
    /** Everything is taken for the future. */
    CLOCKS_ARE_COMPARED_THE_WRONG_WAY {
        @Override
        Planted plant() {
            return replicationAhead(-3 * Scenario.HOUR_MILLIS);
        }
    },
    /** Some changes do not reach the tree. */
    TREE_IS_NOT_UPDATED {
        @Override
        Planted plant() {
            AtomicLong changes = new AtomicLong();
            return digest(key -> changes.getAndIncrement() % 50 != 49);
        }
    },
    /** What the cluster keeps about itself stays where it was written. */
    SYSTEM_KEYS_ARE_NOT_PUSHED {
        @Override
        Planted plant() {
            return push((body, store) ->
                    PlantedPushes.keeping(body, version -> !version.key().isSystem()));
        }
    },
    /** The tree of the system stays empty, so that all are always equal. */
    SYSTEM_HAS_NO_TREE {
        @Override
        Planted plant() {
            return digest(key -> !key.isSystem());
        }
    },
    /** Deletions and expired values are collected before everybody knows of them. */
    COLLECTED_TOO_EARLY {
        @Override
        Planted plant() {
            return new Planted() {
                @Override
                public void opened(Store store) {
                    store.collectOnly(_ -> true);
                }
            };
        }
    };

    private final long firstSeed;

    PlantedFault() {
        this(1);
    }

    /** A bug that takes rare circumstances is looked for where these are. */
    PlantedFault(long firstSeed) {
        this.firstSeed = firstSeed;
    }

    long firstSeed() {
        return firstSeed;
    }

    /** A new fault for one run. */
    abstract Planted plant();

    /** What becomes of a push on its way. */
    private interface Falsification {
        byte[] apply(byte[] body, Store sender);
    }

    /** What becomes of a service. */
    private interface Replacement {
        Network.Service of(Network.Service service, Store store);
    }

    private static Planted disk(Predicate<Path> forgotten) {
        return new Planted() {
            @Override
            public Disk disk(Disk disk) {
                return new ForgetfulDisk(disk, forgotten);
            }
        };
    }

    private static Planted push(Falsification falsified) {
        return new Planted() {
            @Override
            public Network network(Network network, Store store) {
                return (address, path, body, timeout, then) -> network.call(
                        address, path, path == PeerPath.PUSH ? falsified.apply(body, store) : body, timeout, then);
            }
        };
    }

    private static Planted digest(Predicate<Key> noticed) {
        return new Planted() {
            @Override
            public WinnerDigest digest(WinnerDigest digest) {
                return new ForgetfulDigest(digest, noticed);
            }
        };
    }

    private static Planted service(Replacement replacement) {
        return new Planted() {
            @Override
            public Network.Service service(PeerPath path, Network.Service service, Store store) {
                return path == PeerPath.PUSH ? replacement.of(service, store) : service;
            }
        };
    }

    private static Planted replicationAhead(long millis) {
        return new Planted() {
            @Override
            public Time replicationTime(Time time) {
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
        };
    }

    private static boolean loses(Version version, Store store) {
        Version winner = store.newest(version.key());
        return winner != null
                && winner.vector().compare(version.vector()) == VersionVector.Relation.CONCURRENT
                && VersionOrder.INSTANCE.compare(winner, version) > 0;
    }

    private static Version withoutCounter(Version version) {
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
    private record ForgetfulDigest(WinnerDigest digest, Predicate<Key> noticed) implements WinnerDigest {
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
