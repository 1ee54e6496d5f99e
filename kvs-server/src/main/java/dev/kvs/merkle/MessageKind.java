package dev.kvs.merkle;

/** The first byte of a request and of its answer. Later formats take new numbers; a number that is not known is refused. */
final class MessageKind {
    static final int SUMMARY = 1;
    static final int CHILDREN = 2;
    static final int ENTRIES = 3;

    private MessageKind() {}
}
