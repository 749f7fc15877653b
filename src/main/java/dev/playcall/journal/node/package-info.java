/** The gateways on one database: each says every few seconds that it works. */
@NullMarked
package dev.playcall.journal.node;

import org.jspecify.annotations.NullMarked;
