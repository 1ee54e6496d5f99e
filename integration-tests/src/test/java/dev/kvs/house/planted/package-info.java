/** Classes that break the house rules on purpose. Nothing but the rules' own tests reads them. */
@NullMarked
package dev.kvs.house.planted;

import org.jspecify.annotations.NullMarked;
