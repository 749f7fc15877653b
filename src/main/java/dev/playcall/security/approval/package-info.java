/** Approval policies, locks and freeze windows. */
@NullMarked
package dev.playcall.security.approval;

import org.jspecify.annotations.NullMarked;
