/** Status page, REST, event streams and metrics on Javalin. */
@NullMarked
package dev.playcall.web;

import org.jspecify.annotations.NullMarked;
