/** Transactions, prepared statements, JSON columns and due work. */
@NullMarked
package dev.playcall.store.sql;

import org.jspecify.annotations.NullMarked;
