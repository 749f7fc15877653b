/** The nouns of Playcall: what a run is and what can happen to it. JDK only, no I/O. */
@NullMarked
package dev.playcall.domain;

import org.jspecify.annotations.NullMarked;
