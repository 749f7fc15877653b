/** The queue: page and API. */
@NullMarked
package dev.playcall.web.queue;

import org.jspecify.annotations.NullMarked;
