/** What benchmarks are compared against. */
@NullMarked
package dev.kvs.bench;

import org.jspecify.annotations.NullMarked;
