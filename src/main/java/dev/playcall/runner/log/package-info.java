/** Copies the output of a run to its log, redacted. */
@NullMarked
package dev.playcall.runner.log;

import org.jspecify.annotations.NullMarked;
