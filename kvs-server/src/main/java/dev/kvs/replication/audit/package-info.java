/**
 * Floor 3: joins the audit log to the store that feeds it and to the other nodes that witness it. {@link
 * dev.kvs.replication.audit.StoreTrail} is told what the store has written, {@link dev.kvs.replication.audit.AuditTrail} is
 * what the doors use, and {@link dev.kvs.replication.audit.HeadExchange} asks and tells the other nodes where the chains end.
 */
@NullMarked
package dev.kvs.replication.audit;

import org.jspecify.annotations.NullMarked;
