/**
 * Floor 2: the audit log, a chain of hashes over what was done here: every write of this node, and single events such as
 * refusals, logins and decided conflicts. Who changes, removes, reorders or cuts off anything of it is found out by {@link
 * dev.kvs.audit.ChainVerifier}, and who rewrites all of it by the heads that other nodes have seen.
 *
 * <p>The chain is a projection of the write-ahead log: the same log records give the same blocks with the same hashes, so it
 * costs no sync of its own. It is synced at checkpoints, before the log is cut, and what was not synced when the power went is
 * made again from the log. Codec, chain and verifier know no clock, no thread and no disk; {@link dev.kvs.audit.AuditLog} is
 * where the files are.
 *
 * <p>May import {@code model} and {@code platform}. Source: Schneier and Kelsey, "Secure Audit Logs to Support Computer
 * Forensics", 1999; the exchange of heads: Crosby and Wallach, "Efficient Data Structures for Tamper-Evident Logging", 2009.
 */
@NullMarked
package dev.kvs.audit;

import org.jspecify.annotations.NullMarked;
