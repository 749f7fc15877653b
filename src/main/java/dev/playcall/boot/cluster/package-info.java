/** What a gateway needs to share its database with others. */
@NullMarked
package dev.playcall.boot.cluster;

import org.jspecify.annotations.NullMarked;
