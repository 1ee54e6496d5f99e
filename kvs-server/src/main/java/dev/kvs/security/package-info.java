/**
 * Who is asking, and what he may do: users, groups and tokens as the system keyspace holds them, twelve permission bits a
 * value, policies for prefixes, limits on how often one may ask. Decisions only: requests are read in {@code http}, records
 * are kept by {@code replication}, and {@code boot} joins them.
 */
@NullMarked
package dev.kvs.security;

import org.jspecify.annotations.NullMarked;
