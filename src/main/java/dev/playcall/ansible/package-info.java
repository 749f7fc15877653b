/** Ansible itself: command line, environment, callback plugin, event lines, validation. */
@NullMarked
package dev.playcall.ansible;

import org.jspecify.annotations.NullMarked;
