/** Environments as a whole: made, renamed, archived, and their policies; pages and API. */
@NullMarked
package dev.playcall.web.environments;

import org.jspecify.annotations.NullMarked;
