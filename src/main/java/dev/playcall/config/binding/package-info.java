/** Reads each section of the configuration into its record. */
@NullMarked
package dev.playcall.config.binding;

import org.jspecify.annotations.NullMarked;
