/** Folders as a whole. */
@NullMarked
package dev.playcall.config.file;

import org.jspecify.annotations.NullMarked;
