/** Where playbooks, inventories, roles and collections come from: checkouts of git, and what Galaxy installs. */
@NullMarked
package dev.playcall.library;

import org.jspecify.annotations.NullMarked;
