/** Collections and roles that Galaxy installs. */
@NullMarked
package dev.playcall.content.galaxy;

import org.jspecify.annotations.NullMarked;
