/** Live updates of runs and logs over server-sent events and WebSocket. */
@NullMarked
package dev.playcall.web.stream;

import org.jspecify.annotations.NullMarked;
