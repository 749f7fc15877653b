/** Checkouts of git repositories. */
@NullMarked
package dev.playcall.content.git;

import org.jspecify.annotations.NullMarked;
