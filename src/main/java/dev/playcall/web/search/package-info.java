/** Finds a run, a host, a playbook, an environment or a page by what is typed. */
@NullMarked
package dev.playcall.web.search;

import org.jspecify.annotations.NullMarked;
