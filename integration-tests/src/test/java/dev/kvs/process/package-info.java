/** Real nodes in processes of their own, started by the launcher, over real ports, and really killed. */
@NullMarked
package dev.kvs.process;

import org.jspecify.annotations.NullMarked;
