package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.Multipart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports to receivers: a real mail and a real webhook get them, and a receiver that is gone is no silence. */
class ReportReceiversIT {
    @TempDir
    private Path home;

    @TempDir
    private Path copy;

    private static void makeDue(Path home) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/playcall.db"));
                var statement = connection.createStatement()) {
            // The second one is weekly; the others are daily.
            var period = "86400000 * (case id when 2 then 7 else 1 end)";
            statement.executeUpdate(
                    "update schedule set next_at = next_at - " + period + ", due_at = due_at - " + period);
            statement.executeUpdate("update scheduled_tasks set execution_time = 0");
        }
    }

    private static JsonNode schedule(ReceiverStage stage, int id) throws Exception {
        return StreamSupport.stream(
                        stage.get("anna", "/api/v1/schedules").path("schedules").spliterator(), false)
                .filter(s -> s.path("id").asInt() == id)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aReportGoesToAnyReceiverFromEveryDoor() throws Exception {
        try (var stage = new ReceiverStage(home)) {
            stage.makeReceivers();
            assertThat(stage.command("report daily prod at 09:00 --to post"))
                    .contains("Schedule 1: report on prod to post", "sent to post");
            assertThat(stage.api("olga", "POST", "/api/v1/reports", Map.of("every", "weekly", "receiver", "hook")))
                    .startsWith("201")
                    .contains("\"receiver\":\"hook\"");
            assertThat(stage.form(
                            "olga",
                            "/queue/reports",
                            Map.of("every", "daily", "at", "07:30", "environment", "prod", "receiver", "ops")))
                    .startsWith("303")
                    .contains("report on prod to ops");
            refused(stage);
            stage.killAndCopyTo(copy);
            makeDue(copy);
            stage.write(
                    "config/playcall.yml",
                    Files.readString(copy.resolve("config/playcall.yml")).replace("    ops:", "    night:"));
            stage.restart();
            arrives(stage);
            isToldOf(stage);
        }
    }

    private static void refused(ReceiverStage stage) throws Exception {
        assertThat(stage.api("olga", "POST", "/api/v1/reports", Map.of("every", "daily", "receiver", "opsmail")))
                .startsWith("400")
                .contains("there is no receiver \\\"opsmail\\\"; the receivers are hook, ops, phone, post");
        assertThat(stage.api(
                        "olga",
                        "POST",
                        "/api/v1/reports",
                        Map.of("every", "daily", "receiver", "post", "channel", "slack:C1")))
                .startsWith("400")
                .contains("a report goes to a channel or to a receiver, not to both");
        assertThat(stage.api("vera", "POST", "/api/v1/reports", Map.of("every", "daily", "receiver", "post")))
                .startsWith("403");
        assertThat(stage.api("anna", "DELETE", "/api/v1/receivers/post", Map.of()))
                .startsWith("409")
                .contains("the receiver post gets the report 1; remove it first, as in report remove 1");
    }

    private static void arrives(ReceiverStage stage) throws Exception {
        stage.awaitMail("prod since");
        var mail = stage.mail.getReceivedMessages()[0];
        assertThat(mail.getSubject()).contains("no runs finished");
        var parts = (Multipart) mail.getContent();
        assertThat(parts.getBodyPart(0).getContent().toString())
                .startsWith("prod since")
                .contains("no runs finished");
        assertThat(parts.getBodyPart(1).getContent().toString()).contains("<html", "prod since");
        await().atMost(ReceiverStage.SOON)
                .untilAsserted(
                        () -> assertThat(stage.got("All environments since")).containsExactly("/in/T0KENofHook42"));
        await().atMost(ReceiverStage.SOON)
                .untilAsserted(() -> assertThat(stage.get("anna", "/api/v1/deliveries?receiver=post")
                                .path("deliveries")
                                .findValuesAsText("state"))
                        .containsExactly("done"));
        assertThat(schedule(stage, 1).at("/last/result").asText()).isEqualTo("sent to post");
    }

    /** The receiver of the third report is no longer in the file. */
    private static void isToldOf(ReceiverStage stage) throws Exception {
        assertThat(schedule(stage, 3).at("/last/result").asText())
                .isEqualTo("there is no receiver ops any more; report remove 3, or add the receiver again");
    }
}
