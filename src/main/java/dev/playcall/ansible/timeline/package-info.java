/** What a run did and when, from the lines of its event file. */
@NullMarked
package dev.playcall.ansible.timeline;

import org.jspecify.annotations.NullMarked;
