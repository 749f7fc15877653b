/** Playbooks, their metadata, versions, and operations. */
@NullMarked
package dev.playcall.catalog.playbook;

import org.jspecify.annotations.NullMarked;
