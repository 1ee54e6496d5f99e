package dev.kvs.platform;

import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The directory tree of a {@link SimDisk}: finds names, and settles everything after a power cut. */
final class SimTree {
    private final SimDirectory root;
    private final SimGraveyard graveyard;

    SimTree() {
        this(new SimDirectory(), new SimGraveyard());
    }

    private SimTree(SimDirectory root, SimGraveyard graveyard) {
        this.root = root;
        this.graveyard = graveyard;
    }

    /** A deep copy; {@code copies} gets every node's copy. */
    SimTree copy(Map<SimNode, SimNode> copies) {
        return new SimTree(root.copy(copies), graveyard.copy());
    }

    /** The names on the way to {@code path}; none for the root. Refuses what would leave the root. */
    static List<String> names(Path path) throws FileSystemException {
        Path normal = path.normalize();
        if (path.isAbsolute() || normal.startsWith("..")) {
            throw new FileSystemException(path.toString(), null, "must be relative and stay below the root");
        }
        List<String> names = new ArrayList<>();
        normal.forEach(name -> names.add(name.toString()));
        names.removeIf(String::isEmpty);
        return names;
    }

    @Nullable
    SimNode find(Path path) throws FileSystemException {
        SimNode node = root;
        for (String name : names(path)) {
            node = node instanceof SimDirectory directory ? directory.entry(name) : null;
        }
        return node;
    }

    SimInode file(Path path) throws FileSystemException {
        return switch (find(path)) {
            case SimInode inode -> inode;
            case SimDirectory _ -> throw new FileSystemException(path.toString(), null, "is a directory");
            case null -> throw new NoSuchFileException(path.toString());
        };
    }

    SimDirectory directory(Path path) throws FileSystemException {
        return switch (find(path)) {
            case SimDirectory directory -> directory;
            case SimInode _ -> throw new NotDirectoryException(path.toString());
            case null -> throw new NoSuchFileException(path.toString());
        };
    }

    static Path parent(Path path) {
        Path parent = path.normalize().getParent();
        return parent == null ? Path.of("") : parent;
    }

    static String name(Path path) throws FileSystemException {
        List<String> names = names(path);
        if (names.isEmpty()) {
            throw new FileSystemException(path.toString(), null, "is the root");
        }
        return names.getLast();
    }

    void link(Path path, SimNode node) throws FileSystemException {
        directory(parent(path)).change(new SimDirectory.Change.Link(name(path), node));
    }

    void unlink(Path path) throws FileSystemException {
        bury(find(path));
        directory(parent(path)).change(new SimDirectory.Change.Unlink(name(path)));
    }

    void move(Path from, Path to) throws FileSystemException {
        SimInode inode = file(from);
        SimDirectory source = directory(parent(from));
        SimDirectory target = directory(parent(to));
        SimNode replaced = find(to);
        if (replaced instanceof SimDirectory) {
            throw new FileSystemException(to.toString(), null, "is a directory");
        }
        if (replaced == inode) {
            return;
        }
        bury(replaced);
        if (source == target) {
            source.change(new SimDirectory.Change.Move(name(from), name(to), inode));
        } else {
            target.change(new SimDirectory.Change.Link(name(to), inode));
            source.change(new SimDirectory.Change.Unlink(name(from)));
        }
    }

    void bury(@Nullable SimNode node) {
        if (node instanceof SimInode inode) {
            graveyard.bury(inode);
        }
    }

    /** Bytes in all files that have a name. */
    long usedBytes() {
        return usedBytes(root);
    }

    private static long usedBytes(SimDirectory directory) {
        long used = 0;
        for (SimNode node : directory.entries().values()) {
            used += switch (node) {
                case SimInode inode -> inode.current().size();
                case SimDirectory inner -> usedBytes(inner);
            };
        }
        return used;
    }

    void settle(CrashModel model, @Nullable SimNode inFlight, RandomGenerator random) {
        settle(root, model, inFlight, random, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private void settle(
            SimDirectory directory,
            CrashModel model,
            @Nullable SimNode inFlight,
            RandomGenerator random,
            Set<SimNode> settled) {
        directory.settle(model, directory == inFlight, random);
        for (SimNode node : directory.entries().values()) {
            if (settled.add(node)) {
                switch (node) {
                    case SimInode inode -> inode.settle(model, inode == inFlight, random, graveyard);
                    case SimDirectory inner -> settle(inner, model, inFlight, random, settled);
                }
            }
        }
    }
}
