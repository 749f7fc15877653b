/** What the API takes and answers, said where its routes are registered; the OpenAPI document is made of it. */
@NullMarked
package dev.playcall.web.openapi;

import org.jspecify.annotations.NullMarked;
