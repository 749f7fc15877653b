/** Messages as Discord shows them. */
@NullMarked
package dev.playcall.chat.discord.render;

import org.jspecify.annotations.NullMarked;
