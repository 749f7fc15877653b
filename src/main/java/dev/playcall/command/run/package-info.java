/** Starting, approving, retrying, batching and stopping runs. */
@NullMarked
package dev.playcall.command.run;

import org.jspecify.annotations.NullMarked;
