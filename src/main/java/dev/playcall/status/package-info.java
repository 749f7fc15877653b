/** {@code status.yml} of each environment: what people and scripts may read beside the database. */
@NullMarked
package dev.playcall.status;

import org.jspecify.annotations.NullMarked;
