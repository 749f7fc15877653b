/** Bodies, parameters, cookies and problem documents of requests; knows no feature. */
@NullMarked
package dev.playcall.web.http;

import org.jspecify.annotations.NullMarked;
