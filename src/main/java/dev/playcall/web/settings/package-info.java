/** Settings, secrets and git: pages and API. */
@NullMarked
package dev.playcall.web.settings;

import org.jspecify.annotations.NullMarked;
