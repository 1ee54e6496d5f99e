/**
 * Floor 2: finds out cheaply what two nodes do not agree on. A {@link dev.kvs.merkle.MerkleTree} sums up the current winner
 * of every key, a {@link dev.kvs.merkle.MerkleComparison} walks down two trees to the keys that differ, and a {@link
 * dev.kvs.merkle.MerkleResponder} is its other end. Equal trees are known to be equal after one exchange of 50 bytes; a
 * difference costs in proportion to what differs, and little to what is stored.
 *
 * <h2>A round</h2>
 *
 * <pre>
 *   asks                                        is answered
 *   summary   epoch, root, keys                 epoch, root, keys           equal roots: the end
 *   children  of the root                       16 digests
 *   children  of the nodes that differ          16 digests for each         once a level, four times in all
 *   entries   of the leaves that differ         (key hash, digest, hlc) of every key there
 * </pre>
 *
 * <p>Keys never travel, only hashes of them. What is collectable is the caller's affair: it takes such a key out of the tree
 * (a digest of 0) at an epoch that both sides name, and trees of different epochs are not compared.
 *
 * <p>Pure: no clock, no thread, no IO. Everything that comes from the other side is checked before it is used: kinds, counts,
 * ranges, order and lengths; what does not fit is a {@link dev.kvs.model.KvsException} with the code {@code invalid_request}.
 * Memory and messages of a round are bounded; when more differs than one round may look at, it says so and where to go on.
 * May import {@code model} and {@code platform}.
 *
 * <p>Sources: R. Merkle, "A Digital Signature Based on a Conventional Encryption Function" (1987); DeCandia et al., "Dynamo"
 * (2007), 4.7, for anti-entropy. Ours adds digests instead of hashing hashes (Bellare and Micciancio, "A New Paradigm for
 * Collision-Free Hashing: Incrementality at Reduced Cost", 1997), so that an update needs no neighbours. The sum has 64 bits:
 * chance will not make two stores look equal, but someone who may write hundreds of chosen documents could (Wagner, "A
 * Generalized Birthday Problem", 2002). Nothing but the backstop rests on it; replication itself goes by knowledge vectors.
 */
@NullMarked
package dev.kvs.merkle;

import org.jspecify.annotations.NullMarked;
