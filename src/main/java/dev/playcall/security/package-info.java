/** Who may do what, what must never be seen, and where it is kept. */
@NullMarked
package dev.playcall.security;

import org.jspecify.annotations.NullMarked;
