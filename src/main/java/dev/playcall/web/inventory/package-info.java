/** Environments, hosts, locks and the operations page. */
@NullMarked
package dev.playcall.web.inventory;

import org.jspecify.annotations.NullMarked;
