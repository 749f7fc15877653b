/** The agent on a host, as its reports show it. */
@org.jspecify.annotations.NullMarked
package dev.playcall.domain.agent;
