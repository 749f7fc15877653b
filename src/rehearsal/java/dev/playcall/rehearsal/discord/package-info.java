/** Discord in miniature: REST v10 and gateway v10 on the loopback address, the people in it, and everything that can go wrong. */
@NullMarked
package dev.playcall.rehearsal.discord;

import org.jspecify.annotations.NullMarked;
