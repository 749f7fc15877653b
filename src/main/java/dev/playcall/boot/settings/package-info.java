/** The configuration as it is now, and what is built from it. */
@NullMarked
package dev.playcall.boot.settings;

import org.jspecify.annotations.NullMarked;
