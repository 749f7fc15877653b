/** Loads the configuration file, and the settings that may change while the gateway runs. */
@NullMarked
package dev.playcall.config.runtime;

import org.jspecify.annotations.NullMarked;
