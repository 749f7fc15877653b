/** The lines of the callback plugin, added up: progress, what became of each host, verdict. */
@NullMarked
package dev.playcall.ansible.event;

import org.jspecify.annotations.NullMarked;
