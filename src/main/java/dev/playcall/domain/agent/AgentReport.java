package dev.playcall.domain.agent;

/**
 * What an agent says of itself.
 *
 * @param serverId the server it is on
 * @param hostname as the server calls itself; empty when it does not say
 * @param version of the agent; empty when it does not say
 */
public record AgentReport(String serverId, String hostname, String version) {}
