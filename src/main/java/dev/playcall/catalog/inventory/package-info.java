/** Environments, hosts, groups and edits that keep comments. */
@NullMarked
package dev.playcall.catalog.inventory;

import org.jspecify.annotations.NullMarked;
