package dev.kvs.membership;

import java.util.List;

/**
 * What travels. Every message introduces its sender and carries news, its clock and a piece of whoever uses membership as a
 * carrier.
 *
 * @param from the sender about itself
 * @param clockMillis the sender's wall clock when it sent this, milliseconds since the epoch
 * @param changes at most {@link #CHANGES_MAX} pieces of news
 * @param attachment at most {@link Attachment#BYTES_MAX} bytes; must not be changed
 */
record Message(
        ClusterIdentity identity,
        Member from,
        long clockMillis,
        List<Claim> changes,
        byte[] attachment,
        Content content) {
    /** With an attachment of full length and members of full length a message still fits into 64 KiB. */
    static final int CHANGES_MAX = 16;

    /** As many members as a list may have; more than any gossip cluster should. */
    static final int MEMBERS_MAX = 4_096;

    /** The format written here, and the only one so far. */
    static final int FORMAT = 1;

    Message {
        changes = List.copyOf(changes);
    }
}
