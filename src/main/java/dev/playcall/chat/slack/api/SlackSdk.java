package dev.playcall.chat.slack.api;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.audit.AuditConfig;
import com.slack.api.methods.MethodsConfig;
import com.slack.api.rate_limits.metrics.MetricsDatastore;
import com.slack.api.scim.SCIMConfig;
import com.slack.api.scim2.SCIM2Config;
import com.slack.api.util.http.SlackHttpClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.Protocol;

/** Slack's SDK, without anything that runs, repeats or asks by itself. */
public final class SlackSdk {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration CALL = Duration.ofSeconds(10);
    /** As many as commands are worked on at a time: each of a burst would open a connection of its own. */
    private static final int KEPT_OPEN = 64;

    private SlackSdk() {}

    /** @param apiBase where the Web API is, https://slack.com/api/ */
    public static Slack create(URI apiBase) {
        var base = apiBase.toString();
        var config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(base.endsWith("/") ? base : base + "/");
        // It would be taken from HTTPS_PROXY for these calls and not for the sockets.
        config.setProxyUrl(null);
        stopStatistics(config);
        var http = SlackHttpClient.buildOkHttpClient(config)
                .newBuilder()
                .connectTimeout(CONNECT)
                .callTimeout(CALL)
                .connectionPool(new ConnectionPool(KEPT_OPEN, 1, TimeUnit.MINUTES))
                .protocols(List.of(Protocol.HTTP_1_1))
                // A post that was sent and not answered may be there already.
                .retryOnConnectionFailure(false)
                .build();
        return Slack.getInstance(config, new SlackHttpClient(http));
    }

    /** They keep a thread each, for four APIs of which one is used here, and Playcall paces what it sends itself. */
    private static void stopStatistics(SlackConfig config) {
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
                .forEach(SlackSdk::stop);
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
