/**
 * What travels: the error table, the problem document and the records of the REST contract. Shared by the node, the
 * client, the command line and the console, so that each word and each field is written down once.
 */
@NullMarked
package dev.kvs.wire;

import org.jspecify.annotations.NullMarked;
