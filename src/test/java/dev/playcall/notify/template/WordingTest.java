package dev.playcall.notify.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.ReceiverConfig.Template;
import dev.playcall.config.ReceiverConfig.Templates;
import dev.playcall.notify.NotificationSamples;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordingTest {
    private static final Notification.Content FAILED =
            NotificationSamples.open("disk <b>full</b> & \"gone\"", "97 %").content();

    private static Optional<Template> template(String key, String text) {
        return Optional.of(new Template("config/playcall.yml:12", "notify.templates." + key, text));
    }

    private static NotificationTemplates.Built built(String title, String text, String html) {
        return NotificationTemplates.of(new Templates(
                title.isEmpty() ? Optional.empty() : template("title", title),
                text.isEmpty() ? Optional.empty() : template("text", text),
                html.isEmpty() ? Optional.empty() : template("html", html)));
    }

    private static NotificationTemplates good(String title, String text, String html) {
        return switch (built(title, text, html)) {
            case NotificationTemplates.Built.Valid(var notificationTemplates) -> notificationTemplates;
            case NotificationTemplates.Built.Invalid(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static List<String> problems(String text) {
        return built("", text, "") instanceof NotificationTemplates.Built.Invalid(var problems) ? problems : List.of();
    }

    @Test
    void aTemplateSaysWhatItNames() {
        var words = good(
                        "[{{severity}}] {{labels.team}}: {{title}}",
                        "{{#notices}}{{title}} ({{status}}){{#labels.nothing}} never{{/labels.nothing}}\n{{/notices}}"
                                + "{{#is_critical}}wake up{{/is_critical}}{{^is_critical}}tomorrow{{/is_critical}}"
                                + "{{#more}} and {{more}} more{{/more}} {{group.environment}}",
                        "")
                .of(FAILED);
        assertThat(words.title()).isEqualTo("[error] db: disk <b>full</b> & \"gone\"");
        assertThat(words.body(FAILED, 1_000)).isEqualTo("disk <b>full</b> & \"gone\" (open)\ntomorrow production");
        assertThat(words.note()).isEmpty();
    }

    @Test
    void whatHasNoTemplateIsAsUsual() {
        var words = good("", "", "").of(FAILED);
        assertThat(words.title()).isEqualTo(DefaultTemplate.headline(FAILED));
        assertThat(words.body(FAILED, 1_000)).isEqualTo(DefaultTemplate.body(FAILED, 1_000));
    }

    @Test
    void onAPageNothingThatIsFilledInIsMarkupHoweverTheTemplateAsksForIt() {
        for (var form : List.of("{{title}}", "{{{title}}}", "{{&title}}", "{{=<% %>=}}<%& title %>")) {
            var page = good("", "", "<i>" + form + "</i>").of(FAILED).html().orElseThrow();
            assertThat(page).as(form).isEqualTo("<i>disk &lt;b&gt;full&lt;/b&gt; &amp; &quot;gone&quot;</i>");
        }
        var ours = MailPage.of(FAILED, NotificationTemplates.USUAL.of(FAILED));
        assertThat(ours).contains("&lt;b&gt;full&lt;/b&gt;").doesNotContain("<b>");
    }

    @Test
    void ofJavaATemplateSeesNothing() {
        for (var reach : List.of(
                "{{title.class}}",
                "{{class.name}}",
                "{{notices.class}}",
                "{{title.getClass}}",
                "{{title.length}}",
                "{{labels.class.name}}",
                "{{notices.size}}",
                "{{entrySet}}",
                "{{at.getClass.forName}}",
                "{{> /etc/passwd}}",
                "{{#notices}}{{class}}{{/notices}}",
                "{{this.class}}",
                "{{#this}}{{getClass}}{{/this}}")) {
            var built = built("", reach, "");
            if (built instanceof NotificationTemplates.Built.Valid(var notificationTemplates)) {
                assertThat(notificationTemplates.of(FAILED).text().orElse(""))
                        .as(reach)
                        .doesNotContain("java", "class", "root:", "playcall.notify");
            }
        }
        assertThat(problems("{{title.class}}")).isNotEmpty();
        assertThat(problems("{{> /etc/passwd}}")).isNotEmpty();
    }

    @Test
    void aMistakeIsFoundBeforeAnythingHappensWithItsPlace() {
        assertThat(problems("{{titel}}"))
                .singleElement()
                .asString()
                .startsWith("config/playcall.yml:12: notify.templates.text: {{titel}}")
                .endsWith("did you mean title?");
        assertThat(problems("{{#notices}}{{title}}")).singleElement().asString().contains("notices");
        assertThat(problems("{{#notices}}{{/labels}}")).isNotEmpty();
        assertThat(problems("x".repeat(30_000))).singleElement().asString().contains("20000");
        assertThat(problems("{{#notices}}".repeat(400) + "x" + "{{/notices}}".repeat(400)))
                .isNotEmpty();
        assertThat(problems("{{#is_open}}".repeat(1_500) + "x" + "{{/is_open}}".repeat(1_500)))
                .as("it may be read or refused, but it may not fell anything")
                .hasSizeLessThan(2);
        assertThat(
                        problems(
                                "{{#notices}}{{#notices}}{{#notices}}{{#notices}}{{/notices}}{{/notices}}{{/notices}}{{/notices}}"))
                .singleElement()
                .asString()
                .contains("does not come to an end");
    }

    @Test
    void aTemplateThatFailsOnlyThenLosesNothingAndSaysSo() {
        // With the samples it is cheap, with labels of this size it is not.
        var text = "{{#label_list}}{{#label_list}}{{value}}{{/label_list}}{{/label_list}}";
        var many = new java.util.TreeMap<String, String>();
        IntStream.range(0, 60).forEach(i -> many.put("label" + i, "x".repeat(900)));
        var item = new Notification.Item(
                NotificationEvent.Status.OPEN,
                Severity.CRITICAL,
                "alert",
                "down",
                "all of it",
                "",
                NotificationSamples.NOW,
                many);
        var content = NotificationSamples.content(item);
        var notificationTemplates = good("{{severity}}: {{title}}", text, "");
        var words = notificationTemplates.of(content);
        assertThat(words.title()).isEqualTo("critical: down");
        assertThat(words.body(content, 2_000)).contains("all of it", "the template notify.templates.text failed");
        assertThat(words.note()).isNotEmpty();
    }

    @Test
    void aTestIsMarkedWhateverTheTemplateSays() {
        var drill = new Notification.Content(true, Severity.INFO, 0, 0, 1, new java.util.TreeMap<>(), FAILED.items());
        assertThat(good("hello", "", "").of(drill).title()).isEqualTo("[TEST] hello");
    }

    @Test
    void aTitleIsOneLineAndNeverEmpty() {
        assertThat(good("a\r\nBcc: x@y\n{{title}}", "", "").of(FAILED).title()).startsWith("a Bcc: x@y disk");
        assertThat(good("{{#is_info}}x{{/is_info}}", "", "").of(FAILED).title())
                .isEqualTo(DefaultTemplate.headline(FAILED));
    }

    @Test
    void whatIsOverSaysSoAlthoughTheTemplateForgotIt() {
        var over = NotificationSamples.content(
                NotificationSamples.item(NotificationEvent.Status.RESOLVED, Severity.CRITICAL, "disk full", "", ""));
        assertThat(good("{{severity}}: {{title}}", "", "").of(over).title()).isEqualTo("Resolved: critical: disk full");
        assertThat(good("{{title}} is {{status}}", "", "").of(over).title()).isEqualTo("disk full is resolved");
    }
}
