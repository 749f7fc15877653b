/** What the API takes and answers, as {@code openapi.yml} beside it says. */
@NullMarked
package dev.playcall.web.openapi;

import org.jspecify.annotations.NullMarked;
