/** Secrets: encryption, storage and redaction. */
@NullMarked
package dev.playcall.security.secret;

import org.jspecify.annotations.NullMarked;
