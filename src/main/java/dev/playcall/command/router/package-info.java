/** The only way in: limits a command, records it in the audit log and hands it to its handler. */
@NullMarked
package dev.playcall.command.router;

import org.jspecify.annotations.NullMarked;
