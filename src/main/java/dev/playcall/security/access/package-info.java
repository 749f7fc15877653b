/** Roles, permissions and decisions; which identities are one human. */
@NullMarked
package dev.playcall.security.access;

import org.jspecify.annotations.NullMarked;
