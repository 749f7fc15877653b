/** The {@code ansible.cfg} of a repository: what it says, what of it counts for a run, and why the rest does not. */
@NullMarked
package dev.playcall.catalog.ansiblecfg;

import org.jspecify.annotations.NullMarked;
