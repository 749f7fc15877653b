/** Rollouts: in which order the hosts of a deployment are worked on, and when that stops. JDK only, no I/O. */
@NullMarked
package dev.playcall.domain.rollout;

import org.jspecify.annotations.NullMarked;
