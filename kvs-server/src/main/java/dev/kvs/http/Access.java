package dev.kvs.http;

/** What a caller must be allowed to do on a route. */
enum Access {
    /** Nothing: health, and who is there. */
    OPEN,
    /** Nothing either, but who asks too often must wait. */
    LOGIN,
    /** To be a user, whoever it is: what he may do is decided further in. */
    USER,
    /** To watch the node. */
    METRICS,
    /** To read the key, or what lies below the prefix. */
    READ,
    /** To write the key. */
    WRITE,
    /** To delete the key. */
    DELETE,
    /** To read who has done what. */
    AUDIT,
    /** To administer the node. */
    ADMIN,
    /** To be a node of the cluster, which what is behind the route finds out for itself. */
    NODE;

    /** Whether the route changes stored documents, and so is refused while the node is read-only. */
    boolean changesData() {
        return switch (this) {
            case WRITE, DELETE -> true;
            case OPEN, LOGIN, USER, METRICS, READ, AUDIT, ADMIN, NODE -> false;
        };
    }
}
