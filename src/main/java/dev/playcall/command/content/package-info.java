/** Playbooks, git, Galaxy, settings and reloading. */
@NullMarked
package dev.playcall.command.content;

import org.jspecify.annotations.NullMarked;
