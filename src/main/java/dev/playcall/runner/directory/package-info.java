/** The files and processes of a run. */
@NullMarked
package dev.playcall.runner.directory;

import org.jspecify.annotations.NullMarked;
