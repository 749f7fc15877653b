/** What the pages show, ready to be read by the templates in {@code src/main/jte}, whose classes are generated into this package. */
@NullMarked
package dev.playcall.web.pages;

import org.jspecify.annotations.NullMarked;
