/** View records that several pages share, read by the templates in {@code src/main/jte/pages}. */
@NullMarked
package dev.playcall.web.pages;

import org.jspecify.annotations.NullMarked;
