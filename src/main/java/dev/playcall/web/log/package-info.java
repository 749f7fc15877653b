/** The log of a run as lines and bytes. */
@NullMarked
package dev.playcall.web.log;

import org.jspecify.annotations.NullMarked;
