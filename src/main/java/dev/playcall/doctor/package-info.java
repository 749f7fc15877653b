/** The findings of {@code doctor}, each with its remedy. */
@NullMarked
package dev.playcall.doctor;

import org.jspecify.annotations.NullMarked;
