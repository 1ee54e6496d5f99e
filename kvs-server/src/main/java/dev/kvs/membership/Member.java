package dev.kvs.membership;

import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;

/**
 * What is said of a node, by itself or by others. The node itself is the only author of everything here but the state: it
 * raises its incarnation with every change, and with every false claim about it that it refutes.
 *
 * <pre>{@code
 * {"id":"n1","address":"10.0.0.1:8080","store":"01981e2a-...","incarnation":3,"state":"alive",
 *  "joined":1767225600000,"mode":"normal","release":"1.0.0","speaks":1}
 * }</pre>
 *
 * @param address {@code host:port} at which peers reach it, at most {@value Address#LENGTH_MAX} characters
 * @param store its data directory; a node with an emptied disk comes back with another
 * @param incarnation counts its own statements, from 1 to {@link #INCARNATION_MAX}
 * @param joinedMillis when it first joined its cluster, milliseconds since the epoch; kept by its store
 * @param mode what it does with clients' writes: a word such as {@code normal}, {@code read-only}, {@code syncing}
 * @param release its software's version
 * @param speaks highest message format that it understands, from 1
 */
public record Member(
        NodeId id,
        String address,
        StoreId store,
        long incarnation,
        MemberState state,
        long joinedMillis,
        String mode,
        String release,
        int speaks) {
    /** Counting, at most a few a second, never comes here; it keeps a false claim from making refutation overflow. */
    public static final long INCARNATION_MAX = 1L << 48;

    /** The year 10889: 48 bits of milliseconds, which is what versions have for their time. */
    static final long MILLIS_MAX = (1L << 48) - 1;

    static final int MODE_LENGTH_MAX = 32;
    static final int RELEASE_LENGTH_MAX = 64;

    /** Formats are counted by hand, one an upgrade. */
    static final int SPEAKS_MAX = 1_000;

    /** Throws {@link IllegalArgumentException} that names what is out of its bounds. */
    public Member {
        require(Address.isValid(address), "address", "host:port", address);
        require(incarnation >= 1 && incarnation <= INCARNATION_MAX, "incarnation", "1 to 2^48", incarnation);
        require(joinedMillis >= 0 && joinedMillis <= MILLIS_MAX, "joined", "48 bits of milliseconds", joinedMillis);
        require(Printable.isWord(mode, MODE_LENGTH_MAX), "mode", "1 to 32 printable characters", mode);
        require(Printable.isWord(release, RELEASE_LENGTH_MAX), "release", "1 to 64 printable characters", release);
        require(speaks >= 1 && speaks <= SPEAKS_MAX, "speaks", "1 to 1000", speaks);
    }

    /** A node's first word about itself in a new life. What it said in earlier ones it learns from the others. */
    public static Member beginning(
            NodeId id, String address, StoreId store, long joinedMillis, String mode, String release) {
        return new Member(id, address, store, 1, MemberState.ALIVE, joinedMillis, mode, release, Message.FORMAT);
    }

    Member in(MemberState changed) {
        return new Member(id, address, store, incarnation, changed, joinedMillis, mode, release, speaks);
    }

    Member at(long changed) {
        return new Member(id, address, store, changed, state, joinedMillis, mode, release, speaks);
    }

    Member withMode(String changed) {
        return new Member(id, address, store, incarnation, state, joinedMillis, changed, release, speaks);
    }

    Member on(StoreId changed) {
        return new Member(id, address, changed, incarnation, state, joinedMillis, mode, release, speaks);
    }

    Home home() {
        return new Home(id, store, address);
    }

    /** Whether both speak of the same process: the same name and data directory at the same address. */
    boolean sameHome(Member other) {
        return id.equals(other.id) && store.equals(other.store) && address.equals(other.address);
    }

    /** Whether both cannot be right at once: they share a name, a data directory or an address, but not all three. */
    boolean contradicts(Member other) {
        return !sameHome(other) && (id.equals(other.id) || store.equals(other.store) || address.equals(other.address));
    }

    /** {@code n1 at 10.0.0.1:8080}, for people. */
    String where() {
        return id + " at " + address;
    }

    private static void require(boolean holds, String name, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + expected + ", not " + shortened(found.toString()));
        }
    }

    /** An error message repeats only so much of what somebody sent. */
    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
