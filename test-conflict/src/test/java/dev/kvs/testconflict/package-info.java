/** The program run in this process, on real directories. */
@NullMarked
package dev.kvs.testconflict;

import org.jspecify.annotations.NullMarked;
