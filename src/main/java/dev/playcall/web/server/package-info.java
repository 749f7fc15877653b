/** The web server: port, filters, metrics, readiness and the registration of all routes. */
@NullMarked
package dev.playcall.web.server;

import org.jspecify.annotations.NullMarked;
