/** Deletes old runs, logs and directories. */
@NullMarked
package dev.playcall.runner.retention;

import org.jspecify.annotations.NullMarked;
