/** What may be run, where and with which variables: an immutable snapshot that is reloaded whole. */
@NullMarked
package dev.playcall.catalog;

import org.jspecify.annotations.NullMarked;
