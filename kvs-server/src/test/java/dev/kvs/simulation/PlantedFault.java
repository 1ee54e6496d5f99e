package dev.kvs.simulation;

import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.Version;
import dev.kvs.platform.Disk;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.replication.gossip.PlantedPushes;
import dev.kvs.storage.Store;
import dev.kvs.storage.WinnerDigest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Bugs that the simulation has to find: a check that cannot fail is a defect. */
enum PlantedFault {
    /** Writes are acknowledged that were never synced. */
    LOG_IS_NOT_SYNCED("is damaged at byte") {
        @Override
        Planted plant() {
            return Plant.disk(path -> path.toString().endsWith(".wal"));
        }
    },
    /** Every other write is acknowledged before it is synced: with the next one. */
    ACKNOWLEDGED_BEFORE_THE_SYNC("has lost the acknowledged", 4) {
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
    DIRECTORY_IS_NOT_SYNCED("The log ends at segment") {
        @Override
        Planted plant() {
            return Plant.disk(path -> path.toString().equals("log"));
        }
    },
    /** The log is cut although the tables are not on the disk. */
    TABLES_ARE_NOT_SYNCED("H2 cannot open") {
        @Override
        Planted plant() {
            return Plant.disk(path -> path.toString().startsWith("store.mv.db"));
        }
    },
    /** Deletions stay where they were made. */
    TOMBSTONES_ARE_NOT_PUSHED("claims to know") {
        @Override
        Planted plant() {
            return Plant.push(
                    (body, store) -> PlantedPushes.keeping(body, version -> version.kind() != Kind.TOMBSTONE));
        }
    },
    /** Every twentieth version is left out, and claimed to be known. */
    SEQUENCES_ARE_SKIPPED("claims to know") {
        @Override
        Planted plant() {
            return Plant.push((body, store) -> PlantedPushes.keeping(body, version -> version.sequence() % 20 != 7));
        }
    },
    /** What another node wrote is not passed on, so nothing gets around a broken link or is left by a lost disk. */
    NOTHING_IS_RELAYED("does not get around") {
        @Override
        Planted plant() {
            return Plant.push((body, store) -> PlantedPushes.ownOnly(body, store.id()));
        }
    },
    /** The timestamps of versions lose their counters on the way. */
    TIMES_ARE_COMPARED_IN_MILLISECONDS("the nodes do not agree:") {
        @Override
        Planted plant() {
            return Plant.push((body, store) -> PlantedPushes.changing(body, Plant::withoutCounter));
        }
    },
    /** The loser of a conflict is thrown away on arrival. */
    LOSERS_ARE_DROPPED("has lost the loser") {
        @Override
        Planted plant() {
            return Plant.service((service, store) -> (caller, body) ->
                    service.answer(caller, PlantedPushes.keeping(body, one -> !Plant.loses(one, store))));
        }
    },
    /** A peer says that it holds what it throws away. */
    COPIES_ARE_CLAIMED("was said to be on", 9) {
        @Override
        Planted plant() {
            AtomicLong pushes = new AtomicLong();
            return Plant.service((service, store) -> (caller, body) -> pushes.getAndIncrement() % 5 == 4
                    ? PlantedPushes.claimingAll(body, store.id(), store.feed().knowledge())
                    : service.answer(caller, body));
        }
    },
    /** A version from the future is shown at once. */
    NOTHING_IS_HELD_BACK("shows the future", 6) {
        @Override
        Planted plant() {
            return Plant.replicationAhead(2 * Scenario.HOUR_MILLIS);
        }
    },
    /** Everything is taken for the future. */
    CLOCKS_ARE_COMPARED_THE_WRONG_WAY("the nodes do not agree:") {
        @Override
        Planted plant() {
            return Plant.replicationAhead(-3 * Scenario.HOUR_MILLIS);
        }
    },
    /** Some changes do not reach the tree. */
    TREE_IS_NOT_UPDATED("the nodes do not agree:") {
        @Override
        Planted plant() {
            AtomicLong changes = new AtomicLong();
            return Plant.digest(key -> changes.getAndIncrement() % 50 != 49);
        }
    },
    /** What the cluster keeps about itself stays where it was written. */
    SYSTEM_KEYS_ARE_NOT_PUSHED("claims to know") {
        @Override
        Planted plant() {
            return Plant.push((body, store) ->
                    PlantedPushes.keeping(body, version -> !version.key().isSystem()));
        }
    },
    /** The tree of the system stays empty, so that all are always equal. */
    SYSTEM_HAS_NO_TREE("is not what its winners are") {
        @Override
        Planted plant() {
            return Plant.digest(key -> !key.isSystem());
        }
    },
    /** Deletions and expired values are collected before everybody knows of them. */
    COLLECTED_TOO_EARLY("had hidden", 2) {
        @Override
        Planted plant() {
            return Plant.collecting(_ -> true);
        }
    },
    /** Values are shown for a while after they have expired. */
    EXPIRY_IS_NOTICED_LATE("shows the expired", 2) {
        @Override
        Planted plant() {
            return Plant.reading((store, system, time) -> new Reading(store, system, Plant.ahead(time, -10_000)));
        }
    },
    /** A scan stops short of the last key. */
    SCANS_LEAVE_OUT_THE_LAST("lists [") {
        @Override
        Planted plant() {
            return Plant.reading((store, system, time) -> new Reading(store, system, time) {
                @Override
                Set<Key> documents(boolean reverse) {
                    return Plant.withoutLast(super.documents(reverse));
                }
            });
        }
    },
    /** The directories of the system are shown among those of documents. */
    DIRECTORIES_OF_THE_SYSTEM_ARE_SHOWN("has the directories") {
        @Override
        Planted plant() {
            return Plant.reading((store, system, time) -> new Reading(store, system, time) {
                @Override
                List<String> roots() {
                    return Stream.concat(super.roots().stream(), Stream.of(Clients.SYSTEM_DIRECTORY))
                            .toList();
                }
            });
        }
    },
    /** A listing of the system stops short of the last key. */
    LISTINGS_OF_THE_SYSTEM_LEAVE_OUT_THE_LAST("lists of the system") {
        @Override
        Planted plant() {
            return Plant.reading((store, system, time) -> new Reading(store, system, time) {
                @Override
                Set<Key> ofSystem() {
                    return Plant.withoutLast(super.ofSystem());
                }
            });
        }
    },
    /** A node that is well refuses to read. */
    READS_ARE_REFUSED("reading fails") {
        @Override
        Planted plant() {
            return Plant.reading((store, system, time) -> new Reading(store, system, time) {
                @Override
                Set<Key> documents(boolean reverse) {
                    throw Plant.refusal();
                }
            });
        }
    },
    /** Deletions in the system take effect where they were made, and nowhere until a restart. */
    DELETIONS_IN_THE_SYSTEM_ARE_NOT_TOLD("has told of", 2) {
        @Override
        Planted plant() {
            return new Planted() {
                @Override
                public Consumer<Version> listener(Consumer<Version> listener) {
                    return winner -> {
                        if (winner.kind() != Kind.TOMBSTONE) {
                            listener.accept(winner);
                        }
                    };
                }
            };
        }
    },
    /** Whatever comes from elsewhere is taken for the winner, unless the memtable knows better. */
    WINNERS_ARE_NOT_LOOKED_UP(" showed ") {
        @Override
        Planted plant() {
            return Plant.service((service, store) -> (caller, body) -> Plant.isNew(store)
                    ? service.answer(caller, body)
                    : PlantedPushes.storing(body, store, version -> null));
        }
    },
    /** Concurrent versions are ordered and nobody is told. */
    CONFLICTS_ARE_NOT_NOTICED("knows no conflict") {
        @Override
        Planted plant() {
            return Plant.service((service, store) -> (caller, body) -> Plant.isNew(store)
                    ? service.answer(caller, body)
                    : PlantedPushes.storing(body, store, version -> store.newest(version.key())));
        }
    },
    /** The loser of a conflict is put down as a rival and thrown away. */
    LOSERS_ARE_ONLY_NAMED("which is not in [") {
        @Override
        Planted plant() {
            return Plant.service((service, store) -> (caller, body) -> service.answer(
                    caller, PlantedPushes.keeping(body, one -> !(Plant.loses(one, store) && Plant.name(one, store)))));
        }
    },
    /** A conflict that is settled is opened again by the next push, whatever that brings. */
    CONFLICTS_ARE_NOT_CLOSED("has settled") {
        @Override
        Planted plant() {
            return Plant.service((service, store) -> (caller, body) -> {
                byte[] answer = service.answer(caller, body);
                Clients.keys().forEach(key -> Plant.reopen(key, store));
                return answer;
            });
        }
    },
    /** Versions lose their counters on the way, and trees that stay empty hide it. */
    NOTHING_IS_COMPARED("the winners of") {
        @Override
        Planted plant() {
            Planted changed = TIMES_ARE_COMPARED_IN_MILLISECONDS.plant();
            return new Planted() {
                @Override
                public Network network(Network network, Store store) {
                    return changed.network(network, store);
                }

                @Override
                public WinnerDigest digest(WinnerDigest digest) {
                    return new Plant.ForgetfulDigest(digest, _ -> false);
                }
            };
        }
    },
    /** Expired values are collected before everybody has what they had replaced. */
    EXPIRED_IS_COLLECTED_TOO_EARLY("which was replaced by", 4) {
        @Override
        Planted plant() {
            return Plant.collecting(version -> version.kind() == Kind.LIVE);
        }
    },
    /** A task of a node that is well ends in an error. */
    PUSHING_FAILS("failed by a fault of the node's own") {
        @Override
        Planted plant() {
            return new Planted() {
                @Override
                public Network network(Network network, Store store) {
                    return (address, path, body, timeout, then) -> {
                        if (path == PeerPath.PUSH) {
                            throw new IllegalStateException("planted");
                        }
                        network.call(address, path, body, timeout, then);
                    };
                }
            };
        }
    },
    /** Checkpoints of a storage that is well fail. */
    CHECKPOINTS_FAIL("housekeeping fails") {
        @Override
        Planted plant() {
            return new Planted() {
                @Override
                public WinnerDigest digest(WinnerDigest digest) {
                    return new Plant.ForgetfulDigest(digest, _ -> true) {
                        @Override
                        public List<Page> takeChanged() {
                            throw Plant.refusal();
                        }
                    };
                }
            };
        }
    };

    private final String finding;
    private final long firstSeed;

    PlantedFault(String finding) {
        this(finding, 1);
    }

    /** A bug that takes rare circumstances is looked for where these are. */
    PlantedFault(String finding, long firstSeed) {
        this.finding = finding;
        this.firstSeed = firstSeed;
    }

    /** In the words of the check that has to find it. */
    String finding() {
        return finding;
    }

    long firstSeed() {
        return firstSeed;
    }

    /** A new fault for one run. */
    abstract Planted plant();
}
