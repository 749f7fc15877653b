/** The audit log and its verification. */
@NullMarked
package dev.playcall.security.audit;

import org.jspecify.annotations.NullMarked;
