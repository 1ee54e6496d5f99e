/** Pictures as SVG text: lines and shapes with class names for the style sheet, a title, and no script. Pure. */
@NullMarked
package dev.kvs.console.svg;

import org.jspecify.annotations.NullMarked;
