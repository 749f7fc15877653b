/** Names and identifiers with their rules. */
@NullMarked
package dev.playcall.domain.name;

import org.jspecify.annotations.NullMarked;
