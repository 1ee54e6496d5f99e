package dev.kvs.replication;

/** Decides whether this node may originate writes now. */
@FunctionalInterface
public interface Admission {
    /** Lets every write in. */
    Admission OPEN = () -> {};

    /** Returns when writes are welcome, else throws a {@link dev.kvs.model.KvsException} that says why not. Cheap. */
    void check();
}
