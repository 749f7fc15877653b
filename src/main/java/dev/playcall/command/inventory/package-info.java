/** Changes to inventories and registered hosts. */
@NullMarked
package dev.playcall.command.inventory;

import org.jspecify.annotations.NullMarked;
