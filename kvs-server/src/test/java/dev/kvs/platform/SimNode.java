package dev.kvs.platform;

/** What an entry of a simulated directory names. */
sealed interface SimNode permits SimInode, SimDirectory {}
