/** Deployments: their list, each with its waves and its servers, as JSON and as pages. */
@NullMarked
package dev.playcall.web.deployments;

import org.jspecify.annotations.NullMarked;
