/** Takes an installation from SQLite to PostgreSQL. */
@NullMarked
package dev.playcall.cli.move;

import org.jspecify.annotations.NullMarked;
