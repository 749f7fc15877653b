/** Which host of an environment somebody means who does not say its name. */
@org.jspecify.annotations.NullMarked
package dev.playcall.catalog.selection;
