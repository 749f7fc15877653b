/** Runs that make and remove Python environments on hosts. */
@NullMarked
package dev.playcall.domain.venv;

import org.jspecify.annotations.NullMarked;
