/** Statistics and history: page and API. */
@NullMarked
package dev.playcall.web.statistics;

import org.jspecify.annotations.NullMarked;
