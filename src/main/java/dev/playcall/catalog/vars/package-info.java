/** The files of an inventory as people write them: hosts, {@code group_vars} and {@code host_vars}, and the variables in them. */
@org.jspecify.annotations.NullMarked
package dev.playcall.catalog.vars;
