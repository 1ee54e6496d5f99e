/**
 * What pages are put together from, as records that templates only print: tables, badges, facts, pages of lists, buttons, the frame
 * around it all. Whatever needs a decision was decided before it got here.
 */
@NullMarked
package dev.kvs.console.view;

import org.jspecify.annotations.NullMarked;
