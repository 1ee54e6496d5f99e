package dev.kvs.replication;

import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.Version;
import dev.kvs.platform.Check;
import dev.kvs.platform.Time;
import dev.kvs.storage.Scan;
import dev.kvs.storage.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Directories over the flat key space: the children of {@code users} are the first segments of what begins with
 * {@code users/}. A listing skips from child to child, so a child with a million keys below it costs as much as one with
 * two.
 *
 * <p>Order is that of the keys' bytes, with a child that is only a directory standing where {@code name/} stands. A name
 * that is both a key and a directory is one child, at the place of the key.
 */
final class Directory {
    private static final byte SLASH = '/';

    /**
     * After this many further keys of one directory in a row the next child is looked for. Fewer than a scan reads first, so that
     * a directory with any number of keys costs one such reading.
     */
    private static final int SEEK_AFTER = Scan.FIRST_PAGE - 2;

    private final Store store;
    private final Time time;
    private final Sight sight;

    Directory(Store store, Time time, Sight sight) {
        this.store = store;
        this.time = time;
        this.sight = sight;
    }

    Reader.Children children(@Nullable Key prefix, @Nullable String after, int limit) {
        byte[] base = base(prefix);
        List<Reader.Child> page = new ArrayList<>();
        String next = null;
        Walk walk = new Walk(base, after == null ? base : resume(base, after));
        for (Name name = walk.next(); name != null; name = walk.next()) {
            if (page.size() == limit) {
                next = page.isEmpty() ? null : token(page.getLast());
                break;
            }
            page.add(child(base, name));
        }
        if (next == null) {
            next = walk.position();
        }
        boolean whole = after == null && next == null;
        int total = whole ? page.size() : count(base);
        boolean exact = total <= Reader.Children.TOTAL_EXACT_TO && !sight.isExhausted();
        return new Reader.Children(List.copyOf(page), Math.min(total, Reader.Children.TOTAL_EXACT_TO), exact, next);
    }

    private int count(byte[] base) {
        Walk walk = new Walk(base, base);
        int count = 0;
        while (count <= Reader.Children.TOTAL_EXACT_TO && walk.next() != null) {
            count++;
        }
        return count;
    }

    /** Where a listing goes on: a trailing slash says that the child stood in a directory's place. */
    private static String token(Reader.Child child) {
        return child.version() == null ? child.name() + "/" : child.name();
    }

    private static byte[] resume(byte[] base, String after) {
        byte[] name = concat(base, after.getBytes(StandardCharsets.UTF_8));
        return after.endsWith("/") ? afterDirectory(name) : Key.following(name);
    }

    private Reader.Child child(byte[] base, Name name) {
        byte[] path = concat(base, name.bytes());
        Version version = name.isKey() ? visible(path) : null;
        boolean directory = !name.isKey() || hasBelow(path);
        return new Reader.Child(new String(name.bytes(), StandardCharsets.UTF_8), version, directory);
    }

    private boolean hasBelow(byte[] path) {
        byte[] below = withSlash(path);
        Scan scan = store.scan(Keyspace.DOCUMENTS, below, afterDirectory(below), false);
        while (scan.hasNext() && !sight.isExhausted()) {
            if (sight.of(scan.next())) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Version visible(byte[] path) {
        Version version = store.winner(Key.ofStored(path));
        return version != null && version.isLiveAt(time.epochMillis()) && sight.of(version) ? version : null;
    }

    Reader.Tree tree(@Nullable Key prefix, int depth, int limit) {
        Growth growth = new Growth(limit);
        List<Reader.TreeNode> roots = grow(base(prefix), depth, growth);
        return new Reader.Tree(roots, growth.truncated);
    }

    /** How many nodes a tree may still get. */
    private static final class Growth {
        private int left;
        private boolean truncated;

        Growth(int left) {
            this.left = left;
        }
    }

    private List<Reader.TreeNode> grow(byte[] base, int depth, Growth growth) {
        List<Reader.TreeNode> nodes = new ArrayList<>();
        Walk walk = new Walk(base, base);
        for (Name name = walk.next(); name != null; name = walk.next()) {
            if (growth.left == 0) {
                growth.truncated = true;
                break;
            }
            growth.left--;
            Reader.Child child = child(base, name);
            List<Reader.TreeNode> below = List.of();
            if (child.directory() && depth > 1) {
                below = grow(withSlash(concat(base, name.bytes())), depth - 1, growth);
            } else if (child.directory()) {
                growth.truncated = true;
            }
            nodes.add(new Reader.TreeNode(child.name(), child.version(), below));
        }
        growth.truncated |= walk.position() != null;
        return List.copyOf(nodes);
    }

    /** A child's name, and whether a key of exactly this name is what made it appear. */
    private record Name(byte[] bytes, boolean isKey) {}

    /** Walks over the children below {@code base}. */
    private final class Walk {
        private final byte[] base;
        private final byte[] end;
        private Scan scan;
        private byte @Nullable [] skipping;
        private int skipped;

        private byte @Nullable [] last;

        Walk(byte[] base, byte[] from) {
            this.base = base;
            this.end = base.length == 0 ? new byte[] {(byte) 0xFF} : afterDirectory(base);
            this.scan = store.scan(Keyspace.DOCUMENTS, from, end, false);
        }

        /**
         * Where to go on when enough was looked at in vain: behind the directory that was given last, or inside one of which
         * nothing is known yet. Null when the walk has not stopped short.
         */
        @Nullable
        String position() {
            if (!sight.isExhausted() || last == null || !scan.hasNext()) {
                return null;
            }
            byte[] given = skipping;
            byte[] place = given != null && startsWith(last, given) ? given : last;
            return new String(place, base.length, place.length - base.length, StandardCharsets.UTF_8);
        }

        @Nullable
        Name next() {
            while (scan.hasNext()) {
                if (sight.isExhausted()) {
                    return null;
                }
                Scan.Hit hit = scan.next();
                byte[] key = hit.key().utf8();
                last = key;
                byte[] directory = skipping;
                if (directory != null && startsWith(key, directory)) {
                    if (++skipped == SEEK_AFTER) {
                        scan = store.scan(Keyspace.DOCUMENTS, afterDirectory(directory), end, false);
                    }
                    continue;
                }
                if (!sight.of(hit)) {
                    continue;
                }
                int slash = indexOfSlash(key, base.length);
                if (slash < 0) {
                    return new Name(Arrays.copyOfRange(key, base.length, key.length), true);
                }
                skipping = Arrays.copyOf(key, slash + 1);
                skipped = 0;
                byte[] own = Arrays.copyOf(key, slash);
                if (visible(own) == null) {
                    return new Name(Arrays.copyOfRange(key, base.length, slash), false);
                }
                // The key of this name has been given before, at its own place.
            }
            return null;
        }
    }

    private static byte[] base(@Nullable Key prefix) {
        return prefix == null ? new byte[0] : withSlash(prefix.utf8());
    }

    static byte[] withSlash(byte[] path) {
        byte[] result = Arrays.copyOf(path, path.length + 1);
        result[path.length] = SLASH;
        return result;
    }

    /** The smallest bytes after everything that begins with {@code directory}, which ends in a slash. */
    static byte[] afterDirectory(byte[] directory) {
        Check.that(directory[directory.length - 1] == SLASH, "a directory's path ends in a slash");
        byte[] result = directory.clone();
        result[result.length - 1]++;
        return result;
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] result = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, result, a.length, b.length);
        return result;
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static int indexOfSlash(byte[] key, int from) {
        for (int i = from; i < key.length; i++) {
            if (key[i] == SLASH) {
                return i;
            }
        }
        return -1;
    }
}
