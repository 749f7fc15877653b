/** Which files count, who may write them, and when they changed. */
@NullMarked
package dev.playcall.catalog.file;

import org.jspecify.annotations.NullMarked;
