/** Everything that is kept: Jdbi on SQLite. */
@NullMarked
package dev.playcall.store;

import org.jspecify.annotations.NullMarked;
