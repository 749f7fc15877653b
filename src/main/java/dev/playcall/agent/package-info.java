/** Reports of the agents on the hosts: the last one of each is kept, and who falls silent is told. */
@org.jspecify.annotations.NullMarked
package dev.playcall.agent;
