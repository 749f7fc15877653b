/** What channels see of runs: posted once, edited in place, always brought to the end. */
@NullMarked
package dev.playcall.chat.live;

import org.jspecify.annotations.NullMarked;
