package dev.playcall.domain.agent;

import dev.playcall.domain.name.EnvironmentName;
import java.time.Duration;
import java.time.Instant;

/**
 * The agent of one host, by its reports. All times are those of the gateway.
 *
 * @param serverId the id that it reports with
 * @param version what it last said of itself; empty when it did not say
 * @param interval between the last two reports, at most an hour; zero when there was one only
 */
public record HostAgent(
        EnvironmentName environment,
        String host,
        String serverId,
        String version,
        Instant firstSeen,
        Instant lastSeen,
        Duration interval) {
    /** What is longer was a pause and no interval. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final int MISSED = 3;

    /** After its first report. */
    public static HostAgent first(EnvironmentName environment, String host, AgentReport report, Instant now) {
        return new HostAgent(environment, host, report.serverId(), report.version(), now, now, Duration.ZERO);
    }

    /** After one more report. */
    public HostAgent next(AgentReport report, Instant now) {
        var gap = Duration.between(lastSeen, now);
        boolean pause = gap.isNegative() || gap.compareTo(LONGEST) > 0;
        return new HostAgent(
                environment, host, report.serverId(), report.version(), firstSeen, now, pause ? interval : gap);
    }

    /** How long it may say nothing. */
    public Duration patience(Duration least) {
        var intervals = interval.multipliedBy(MISSED);
        return intervals.compareTo(least) > 0 ? intervals : least;
    }

    /**
     * What an agent says of itself.
     *
     * @param serverId the server it is on
     * @param hostname as the server calls itself; empty when it does not say
     * @param version of the agent; empty when it does not say
     */
    public record AgentReport(String serverId, String hostname, String version) {}
}
