/** The desk: the only way in. A command is checked, authorised, recorded and queued. */
@NullMarked
package dev.playcall.command;

import org.jspecify.annotations.NullMarked;
