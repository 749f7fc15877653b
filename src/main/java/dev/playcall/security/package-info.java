/** Who may do what, and what must never be seen. */
@NullMarked
package dev.playcall.security;

import org.jspecify.annotations.NullMarked;
