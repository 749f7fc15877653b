package dev.playcall.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.Config.Secret;
import dev.playcall.config.NotifyConfig;
import dev.playcall.config.RouteOptions;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.inbound.InboundHook;
import dev.playcall.notify.template.DefaultTemplate;
import dev.playcall.notify.template.NotificationTemplates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A title is one line wherever it is shown, whatever its source wrote. */
class OneLineTitleTest {
    private static final String[] BREAKS = {
        "\\r\\n", "\\n", "\\r", "\\t", "\\u0000", "\\u000b", "\\f", "\\u001b", "\\u0085", "\\u2028", "\\u2029",
        "\\u007f"
    };

    @TempDir
    Path folder;

    @Test
    void whateverEndsALineInATitleDoesNot() throws Exception {
        try (var fixture =
                new NotifyFixture(folder, NotifyFixture.rules(RouteOptions.PLAIN, "event"), NotifyFixture.T)) {
            var bearer = Map.of("Authorization", "Bearer t0ken");
            for (var kind : new NotifyConfig.Kind[] {NotifyConfig.Kind.NOTICES, NotifyConfig.Kind.ALERTMANAGER}) {
                var source = new NotifyConfig.Source(kind, new Secret("t0ken"), new Secret(""));
                var inboundHook =
                        new InboundHook(kind.name(), source, fixture.notificationEngine.outbox(), fixture.clock);
                for (var b : BREAKS) {
                    var title = b + "disk" + b + b + "Bcc: x" + b;
                    var body = kind == NotifyConfig.Kind.NOTICES
                            ? "{\"title\":\"" + title + "\",\"text\":\"a\\nb\",\"status\":\"open\"}"
                            : "{\"alerts\":[{\"labels\":{\"alertname\":\"A\",\"n\":\"" + b
                                    + "\"},\"annotations\":{\"summary\":\"" + title + "\"}}]}";
                    assertThat(inboundHook
                                    .handle(bearer, body.getBytes(StandardCharsets.UTF_8))
                                    .status())
                            .as(b)
                            .isEqualTo(202);
                    fixture.later(java.time.Duration.ofSeconds(1));
                }
                assertThat(inboundHook
                                .handle(
                                        bearer,
                                        "{\"title\":\"\\u0000 \\u2028\\u0085\"}".getBytes(StandardCharsets.UTF_8))
                                .status())
                        .as("nothing is no title")
                        .isEqualTo(400);
            }
            assertThat(fixture.database.alerts().open(100))
                    .hasSize(2 * BREAKS.length)
                    .allSatisfy(a -> assertThat(a.item().title()).isEqualTo("disk Bcc: x"));
            assertThat(fixture.told("ops")).isNotEmpty();
            for (var delivery : fixture.ledger()) {
                var c = delivery.content();
                assertThat(c.items())
                        .allSatisfy(i -> assertThat(i.title()).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}]"));
                assertThat(DefaultTemplate.headline(c))
                        .contains("disk Bcc: x")
                        .doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}]");
                assertThat(NotificationTemplates.USUAL.of(c).title()).isEqualTo(DefaultTemplate.headline(c));
            }
            assertThat(fixture.told("ops")
                            .getFirst()
                            .content()
                            .items()
                            .getFirst()
                            .text())
                    .as("a text has its lines")
                    .isEqualTo("a\nb");
        }
    }

    @Test
    void aMessageOfManyCountsInPlainWordsAndTellsNoTimeThatWasNone() throws Exception {
        try (var fixture = new NotifyFixture(folder, NotifyFixture.rules(RouteOptions.PLAIN), NotifyFixture.T)) {
            var outbox = fixture.notificationEngine.outbox();
            outbox.take(java.util.stream.IntStream.range(0, 3)
                    .mapToObj(i -> fixture.notice("job", NotificationEvent.Status.EVENT, Severity.INFO, Map.of()))
                    .map(n -> new NotificationEvent(
                            n.source(),
                            n.key(),
                            n.key(),
                            n.at(),
                            n.kind(),
                            n.severity(),
                            n.status(),
                            n.labels(),
                            "job ended",
                            "",
                            ""))
                    .toList());
            fixture.beat();
            fixture.later(java.time.Duration.ofSeconds(1));
            assertThat(DefaultTemplate.headline(fixture.told("ops").getLast().content()))
                    .isEqualTo("job ended (3 events)");
            fixture.opens("dup", Severity.ERROR);
            fixture.ends("dup");
            assertThat(DefaultTemplate.headline(fixture.told("ops").getLast().content()))
                    .isEqualTo("Resolved: dup is well");
            fixture.opens("web", Severity.ERROR);
            fixture.later(java.time.Duration.ofMinutes(5));
            fixture.ends("web");
            assertThat(DefaultTemplate.headline(fixture.told("ops").getLast().content()))
                    .isEqualTo("Resolved: web is well after 5 min");
        }
    }
}
