/** The commands by family, who calls them, and what is answered. */
@NullMarked
package dev.playcall.command;

import org.jspecify.annotations.NullMarked;
