package dev.playcall.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.command.CommandOption;
import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Answer.Form;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.Message.Weight;
import dev.playcall.chat.slack.render.SlackRenderer;
import dev.playcall.chat.slack.render.SlackText;
import dev.playcall.chat.slack.render.SlackViews;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** How messages look in Slack. {@code -Dgolden.write=true} writes the files anew; look at the difference. */
class SlackRendererTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "chat", "slack");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVIL =
            "<!channel> <@U1> *bold* `code` ```\nout of it``` &amp; \u001b[31mred\u202e <http://x|y> @here :bomb:";

    private static void looksLike(String name, JsonNode shown) throws IOException {
        var file = GOLDEN.resolve(name + ".json");
        var text = shown.toPrettyString() + "\n";
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    private static Message message(Block... blocks) {
        return new Message(List.of(blocks));
    }

    private static Button button(String label, Action.Kind kind, Weight weight, String confirm) {
        return new Button(label, new Action(kind, 412), "typed", weight, confirm);
    }

    private static Message everyBlock() {
        return message(
                new Block.Title(Tone.BUSY, "#412 deploy v1.2.3 → production running"),
                new Block.Line("by alice"),
                new Block.Bar(9, 18),
                new Block.Bar(9, 0),
                new Block.Failure("Check health", List.of("web-1", "web-2"), "disk full\n3 kB left"),
                new Block.Table(
                        List.of("Host", "Result", "Tasks"),
                        List.of(List.of("web-1", "failed", "5 ok, 1 failed"), List.of("db-1", "ok", "9 ok"))),
                new Block.Table(
                        List.of("Command", "Description"),
                        List.of(List.of(
                                "deploy", "Migrate the database, roll out a release on every web host, check"))),
                new Block.Table(
                        List.of("Run", "What", "How it ended"),
                        List.of(List.of(
                                "#411", "deploy v1.2.3 → production (web-1,web-2)", "failed in 3 min 12 s at 09:30"))),
                new Block.Code("PLAY [all] ***\n\nok: [web-1]\n"),
                new Block.Title(Tone.PLAIN, "Your last runs"),
                new Block.Buttons(List.of(
                        button("Cancel", Action.Kind.CANCEL, Weight.DANGER, "Stop deploy → production?"),
                        button("Retry failed hosts", Action.Kind.RETRY, Weight.FIRST, ""),
                        button("Log", Action.Kind.LOG, Weight.PLAIN, ""),
                        button("Log again", Action.Kind.LOG, Weight.PLAIN, ""))),
                new Block.Next(List.of("logs 412", "show 412")));
    }

    @Test
    void everyBlockHasItsPlace() throws IOException {
        looksLike("every-block", SlackRenderer.payload(everyBlock()));
    }

    @Test
    void whatOthersWroteMentionsNobodyAndPaintsNothing() throws IOException {
        var message = message(
                new Block.Title(Tone.BAD, EVIL),
                new Block.Line(EVIL),
                new Block.Failure(EVIL, List.of(EVIL), EVIL),
                new Block.Table(List.of("Host", "Result"), List.of(List.of("a", EVIL))),
                new Block.Code(EVIL),
                new Block.Next(List.of(EVIL)));
        var shown = SlackRenderer.payload(message);
        looksLike("hostile", shown);
        assertThat(shown.toString()).doesNotContain("\\u001b", "\u001b", "\u202e", "mrkdwn");
        assertThat(shown.path("text").asText()).contains("&lt;!channel&gt;").doesNotContain("<");
        assertThat(shown.toString()).doesNotContain("\"type\":\"link\"", "\"type\":\"user\"", "\"type\":\"broadcast\"");
    }

    private static int weight(JsonNode node) {
        int own = node.isObject() && node.path("text").isTextual()
                ? node.path("text").asText().length()
                : 0;
        return own
                + StreamSupport.stream(node.spliterator(), false)
                        .mapToInt(SlackRendererTest::weight)
                        .sum();
    }

    private static void fits(Message message) {
        var blocks = SlackRenderer.blocks(message);
        assertThat(blocks.size()).isLessThanOrEqualTo(50);
        assertThat(weight(blocks)).isLessThanOrEqualTo(10_000);
        assertThat(SlackRenderer.fallback(message))
                .hasSizeLessThanOrEqualTo(4_000)
                .isNotBlank();
    }

    @Test
    void theNotificationOfAFailureNamesHostAndTask() {
        var failure = new Block.Failure("Check health", List.of("web-1"), "disk full");
        assertThat(SlackRenderer.fallback(message(failure))).isEqualTo("web-1: Check health: disk full");
        assertThat(SlackRenderer.fallback(message(new Block.Title(Tone.PLAIN, "Play: Deploy"), failure)))
                .isEqualTo("web-1: Check health: disk full");
        assertThat(SlackRenderer.fallback(message(new Block.Title(Tone.BAD, "#4 deploy failed"), failure)))
                .contains("#4 deploy failed: web-1: Check health: disk full");
        assertThat(SlackRenderer.fallback(
                        message(new Block.Title(Tone.BAD, "#4 deploy failed: web-1 – Check health"), failure)))
                .isEqualTo("❌ #4 deploy failed: web-1 – Check health: disk full");
        assertThat(SlackRenderer.fallback(message(new Block.Failure("Copy", List.of("a", "b", "c"), "no space"))))
                .isEqualTo("a and 2 more: Copy: no space");
        assertThat(SlackRenderer.fallback(message(new Block.Code("no hosts matched"))))
                .contains("no hosts matched");
    }

    @Test
    void aLogOfTwoThousandLinesKeepsItsEnd() {
        var log = new StringBuilder();
        IntStream.rangeClosed(1, 2000)
                .forEach(i -> log.append("line ").append(i).append(" 👩‍🚀\n"));
        var message = message(new Block.Code(log.toString()));
        fits(message);
        var text = SlackRenderer.blocks(message)
                .at("/0/elements/0/elements/0/text")
                .asText();
        assertThat(text).startsWith("…\nline ").endsWith("line 2000 👩‍🚀");
    }

    @Test
    void aFailureOfTwoThousandLinesKeepsItsBeginningAndTheButtons() {
        var message = message(
                new Block.Title(Tone.BAD, "x".repeat(5_000)),
                new Block.Failure("task", List.of("web-1"), "why\n" + "more\n".repeat(2_000)),
                new Block.Buttons(List.of(button("Log", Action.Kind.LOG, Weight.PLAIN, ""))));
        fits(message);
        var shown = SlackRenderer.blocks(message).toString();
        assertThat(shown).contains("why\\nmore").contains("v1:log:412");
    }

    @Test
    void manyGroupsHostsAndButtonsFitAndSayThatThereIsMore() {
        var groups = new ArrayList<Block>();
        IntStream.range(0, 35)
                .forEach(i -> groups.add(new Block.Failure("task " + i, List.of("h" + i), "x".repeat(500))));
        groups.add(new Block.Buttons(List.of(button("Log", Action.Kind.LOG, Weight.PLAIN, ""))));
        fits(new Message(groups));
        assertThat(SlackRenderer.blocks(new Message(groups)).toString())
                .contains("truncated")
                .contains("v1:log");

        var rows = IntStream.range(0, 200)
                .mapToObj(i -> List.of("host-number-" + i, "changed", "12 ok, 3 changed"))
                .toList();
        var hosts = message(new Block.Table(List.of("Host", "Result", "Tasks"), rows));
        fits(hosts);
        assertThat(SlackRenderer.blocks(hosts).toString()).contains("… and ").contains(" more");

        var names = IntStream.range(0, 200).mapToObj(i -> "host-" + i).toList();
        var failure = message(new Block.Failure("task", names, "same"));
        fits(failure);
        assertThat(SlackRenderer.blocks(failure).toString()).contains("host-4 and 195 more");

        var alternating = new ArrayList<Block>();
        for (int i = 0; i < 80; i++) {
            alternating.add(new Block.Line("line " + i));
            alternating.add(new Block.Next(List.of("help")));
        }
        fits(new Message(alternating));
        fits(message(new Block.Buttons(IntStream.range(0, 60)
                .mapToObj(i -> button("b" + i, Action.Kind.LOG, Weight.PLAIN, ""))
                .toList())));
    }

    @Test
    void nothingAtAllIsStillAMessage() {
        fits(message());
        fits(message(new Block.Code(""), new Block.Line(""), new Block.Table(List.of("a"), List.of())));
    }

    @Test
    void aFormAsksByType() throws IOException {
        var form = new Form(
                7,
                "play → production",
                "play needs target",
                List.of(
                        new Form.Field(
                                "target", "where to", List.of("blue", "green"), Optional.of("green"), true, false),
                        new Form.Field("note", "", List.of(), Optional.of("none"), false, false),
                        new Form.Field("long", EVIL, List.of("x".repeat(80)), Optional.empty(), true, false)),
                "Start");
        looksLike("form", SlackViews.form(form, "slack:C0OPS/17.1"));
        assertThat(SlackViews.Metadata.of(SlackViews.form(form, "slack:C1")
                        .path("private_metadata")
                        .asText()))
                .contains(new SlackViews.Metadata("slack:C1", 7));
    }

    @Test
    void homeAndWindowsAreViews() throws IOException {
        looksLike("home", SlackViews.home(everyBlock()));
        looksLike("window", SlackViews.text("Run 412", everyBlock(), new SlackViews.Metadata("slack:C1", 0)));
        looksLike("loading", SlackViews.loading("Run 412", new SlackViews.Metadata("slack:C1", 0)));
    }

    @Test
    void theManifestNamesEveryOperationAndScope() throws IOException {
        var env = new CommandOption("env", CommandOption.Type.ENVIRONMENT, CommandOption.Written.WORD, true, "where");
        var commands = List.of(
                new CommandEntry("deploy", "Roll out", CommandEntry.Kind.RUN, List.of(env), List.of()),
                new CommandEntry("play", "any", CommandEntry.Kind.RUN, List.of(env), List.of()),
                new CommandEntry("status", "what", CommandEntry.Kind.QUERY, List.of(), List.of()));
        looksLike("manifest-socket", JSON.readTree(SlackManifest.manifest(commands, Optional.empty(), "")));
        looksLike(
                "manifest-http",
                JSON.readTree(SlackManifest.manifest(
                        commands, Optional.of(URI.create("https://ops.example.com")), "https://ops.example.com")));
    }

    @Test
    void theManifestHasNoEmptyHintAndItsDomainInSmallLetters() throws IOException {
        var backup = new CommandEntry("backup", "Back up", CommandEntry.Kind.RUN, List.of(), List.of());
        var manifest =
                JSON.readTree(SlackManifest.manifest(List.of(backup), Optional.empty(), "https://Ops.Example.com"));
        assertThat(manifest.at("/features/unfurl_domains/0").asText()).isEqualTo("ops.example.com");
        assertThat(manifest.at("/features/slash_commands/1/command").asText()).isEqualTo("/backup");
        assertThat(manifest.at("/features/slash_commands/1").has("usage_hint")).isFalse();
        assertThat(manifest.at("/features/shortcuts"))
                .allSatisfy(s -> assertThat(s.path("name").asText()).hasSizeLessThanOrEqualTo(24));
    }

    @Test
    void noHintOfTheManifestIsCutInAWord() throws IOException {
        var options = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> new CommandOption(
                        "option" + i, CommandOption.Type.ENVIRONMENT, CommandOption.Written.WORD, true, "where"))
                .toList();
        var entry = new CommandEntry("deploy", "word ".repeat(600), CommandEntry.Kind.RUN, options, List.of());
        var command = JSON.readTree(SlackManifest.manifest(List.of(entry), Optional.empty(), ""))
                .at("/features/slash_commands/1");
        assertThat(command.path("usage_hint").asText())
                .hasSizeBetween(900, 1_000)
                .matches("(?s).*<option\\d+>…");
        assertThat(command.path("description").asText())
                .hasSizeLessThanOrEqualTo(2_000)
                .endsWith("word…");
    }

    @Test
    void whatPeopleTypedIsReadAsTheyTypedIt() {
        assertThat(SlackText.typedTo("U0", "<@U0> deploy <http://web.prod|web.prod> note=a&amp;b &lt;x&gt;"))
                .isEqualTo("deploy web.prod note=a&b <x>");
        assertThat(SlackText.typed("<https://a.b/c?d=1&amp;e=2> <@U2|bob> <#C1|ops> <!here>"))
                .isEqualTo("https://a.b/c?d=1&e=2 @bob #ops @here");
        assertThat(SlackText.typed("&amp;lt;")).isEqualTo("&lt;");
    }
}
