/** Declared variables: types, limits and values. */
@NullMarked
package dev.playcall.catalog.variable;

import org.jspecify.annotations.NullMarked;
