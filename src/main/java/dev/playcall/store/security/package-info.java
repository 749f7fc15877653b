/** Accounts, tokens, audit log, secrets, links and locks. */
@NullMarked
package dev.playcall.store.security;

import org.jspecify.annotations.NullMarked;
