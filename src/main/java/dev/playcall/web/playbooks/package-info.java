/** Playbooks: pages, editor, versions and API. */
@NullMarked
package dev.playcall.web.playbooks;

import org.jspecify.annotations.NullMarked;
