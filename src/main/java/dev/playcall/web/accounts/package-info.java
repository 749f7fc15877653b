/** Login, accounts and tokens: pages and API. */
@NullMarked
package dev.playcall.web.accounts;

import org.jspecify.annotations.NullMarked;
