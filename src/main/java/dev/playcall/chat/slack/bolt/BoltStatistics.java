package dev.playcall.chat.slack.bolt;

import com.slack.api.SlackConfig;
import com.slack.api.audit.AuditConfig;
import com.slack.api.methods.MethodsConfig;
import com.slack.api.rate_limits.metrics.MetricsDatastore;
import com.slack.api.scim.SCIMConfig;
import com.slack.api.scim2.SCIM2Config;
import java.util.stream.Stream;

/**
 * Turns off the rate limit statistics of Slack's SDK: they start a thread each, for four APIs of which three are not
 * used here, and Playcall paces what it sends itself.
 */
final class BoltStatistics {
    private BoltStatistics() {}

    static void stop(SlackConfig config) {
        config.setStatsEnabled(false);
        config.getSCIM2Config().setStatsEnabled(false);
        Stream.of(
                        config.getSCIM2Config().getMetricsDatastore(),
                        SlackConfig.DEFAULT.getMethodsConfig().getMetricsDatastore(),
                        SlackConfig.DEFAULT.getAuditConfig().getMetricsDatastore(),
                        SlackConfig.DEFAULT.getSCIMConfig().getMetricsDatastore(),
                        SlackConfig.DEFAULT.getSCIM2Config().getMetricsDatastore(),
                        MethodsConfig.DEFAULT_SINGLETON.getMetricsDatastore(),
                        AuditConfig.DEFAULT_SINGLETON.getMetricsDatastore(),
                        SCIMConfig.DEFAULT_SINGLETON.getMetricsDatastore(),
                        SCIM2Config.DEFAULT_SINGLETON.getMetricsDatastore())
                .forEach(BoltStatistics::stop);
    }

    private static void stop(MetricsDatastore datastore) {
        datastore.setStatsEnabled(false);
        try {
            datastore.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("the statistics of Slack's SDK could not be stopped", e);
        }
    }
}
