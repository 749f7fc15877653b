/** What is done about runs without anybody asking for it: retries, previews, and secrets of one run. */
@NullMarked
package dev.playcall.command.maintenance;

import org.jspecify.annotations.NullMarked;
