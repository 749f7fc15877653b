/** Logback converters that redact secrets. */
@NullMarked
package dev.playcall.boot.logging;

import org.jspecify.annotations.NullMarked;
