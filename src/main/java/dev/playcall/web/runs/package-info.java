/** Runs and batches: list, page, actions, comparison and export. */
@NullMarked
package dev.playcall.web.runs;

import org.jspecify.annotations.NullMarked;
