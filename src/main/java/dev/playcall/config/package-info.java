/** The one configuration file, as typed sections that remember file and line. */
@NullMarked
package dev.playcall.config;

import org.jspecify.annotations.NullMarked;
