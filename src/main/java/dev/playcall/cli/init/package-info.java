/** Looks at an Ansible repository and writes a configuration for it: {@code ./playcall init}. */
@NullMarked
package dev.playcall.cli.init;

import org.jspecify.annotations.NullMarked;
