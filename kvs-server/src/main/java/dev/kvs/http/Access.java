package dev.kvs.http;

/** What a caller must be allowed to do on a route. */
enum Access {
    /** Nothing: monitoring and documentation. */
    OPEN,
    /** To read the key, or what lies below the prefix. */
    READ,
    /** To write the key. */
    WRITE,
    /** To delete the key. */
    DELETE,
    /** To administer the node. */
    ADMIN,
    /** To be a node of the cluster, which what is behind the route finds out for itself. */
    NODE;

    /** Whether the route changes stored documents, and so is refused while the node is read-only. */
    boolean changesData() {
        return switch (this) {
            case WRITE, DELETE -> true;
            case OPEN, READ, ADMIN, NODE -> false;
        };
    }
}
