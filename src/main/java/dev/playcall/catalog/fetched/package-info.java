/** Inventories of environments that are asked of plugins and scripts: when, and what is kept of the answer. */
@NullMarked
package dev.playcall.catalog.fetched;

import org.jspecify.annotations.NullMarked;
