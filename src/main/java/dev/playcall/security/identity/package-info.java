/** Who is who on the web side: accounts and their passwords, sessions, tokens of programs. */
@NullMarked
package dev.playcall.security.identity;

import org.jspecify.annotations.NullMarked;
