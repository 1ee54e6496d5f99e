/**
 * JSON as people read it: laid out, checked, and compared, as text. No number is ever turned into one, so 9223372036854775807 and
 * 1.0 stay what they are. Pure.
 */
@NullMarked
package dev.kvs.console.json;

import org.jspecify.annotations.NullMarked;
