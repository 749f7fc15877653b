/** The audit log: page and API. */
@NullMarked
package dev.playcall.web.audit;

import org.jspecify.annotations.NullMarked;
