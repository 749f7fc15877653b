/** Who is behind a request, what they may see, and the frame of every page. */
@NullMarked
package dev.playcall.web.security;

import org.jspecify.annotations.NullMarked;
