package dev.playcall.chat.discord.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.Message.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How messages look on Discord. {@code -Dgolden.write=true} writes the files anew; look at the difference. */
class RendererTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "chat", "discord");
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, SerializationFeature.INDENT_OUTPUT);
    private static final String HOSTILE =
            "@everyone <@42> <@&7> <#9> **b** `c` ```\nout of the block``` [x](https://evil.example) "
                    + "https://evil.example ||s|| :smile: <t:0:R> \u001b[31mred\u001b[0m a\u202eb\u0000 # h";

    private static Message message(Block... blocks) {
        return new Message(List.of(blocks));
    }

    private static DiscordMessage render(Block... blocks) {
        return DiscordRenderer.render(message(blocks));
    }

    private static void looksLike(String name, Message message) throws IOException {
        var json = DiscordRenderer.render(message).json(Optional.of("r412.card.1a2b"));
        var text = JSON.writeValueAsString(JSON.readValue(json.toString(), Map.class)) + "\n";
        var file = GOLDEN.resolve(name + ".json");
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    private static Button button(String label, Action.Kind kind, Weight weight, String confirm) {
        return new Button(label, new Action(kind, 412), kind.name(), weight, confirm);
    }

    @Test
    void everyBlockHasItsLook() throws IOException {
        looksLike(
                "every-block",
                message(
                        new Block.Title(Tone.BUSY, "#412 deploy v1.2.3 → production running"),
                        new Block.Line("by alice, tags web_1,db"),
                        new Block.Bar(9, 18),
                        new Block.Bar(9, 0),
                        new Block.Table(
                                List.of("Host", "Result"), List.of(List.of("web-1", "ok"), List.of("db-1", "failed"))),
                        new Block.Title(Tone.BAD, "second title"),
                        new Block.Code("PLAY [all] ***\nok: [web-1]"),
                        new Block.Failure("Check health", List.of("web-1", "web-2"), "Connection refused"),
                        new Block.Next(List.of("logs 412", "show 412")),
                        new Block.Buttons(List.of(
                                button("Retry failed hosts", Action.Kind.RETRY, Weight.FIRST, ""),
                                button("Log", Action.Kind.LOG, Weight.PLAIN, ""),
                                button("Cancel", Action.Kind.CANCEL, Weight.DANGER, "Stop it? Ansible is ended.")))));
    }

    @Test
    void aLineIsALineAndNothingIsSomething() throws IOException {
        looksLike("line", Message.line(Tone.GOOD, "#412 is queued"));
        assertThat(render().content()).isEqualTo("–");
    }

    @Test
    void theNotificationOfAFailureNamesHostAndTask() throws IOException {
        var failure = new Block.Failure("Check health", List.of("web-1", "web-2"), "answered 503");
        looksLike("news", message(new Block.Title(Tone.PLAIN, "Play: Deploy"), failure));
        assertThat(render(failure).content()).isEqualTo("❌ **web-1 and 1 more: Check health: answered 503**");
        assertThat(render(new Block.Title(Tone.BAD, "#4 deploy failed: web-1 – Check health"), failure)
                        .content())
                .isEqualTo("❌ **#4 deploy failed: web-1 – Check health**");
        assertThat(render(new Block.Line("a line"), new Block.Code("x")).content())
                .isEqualTo("a line");
    }

    @Test
    void noBoxIsWithoutText() {
        var lines = List.of(
                message(new Block.Title(Tone.GOOD, "#412 is queued")),
                message(new Block.Line("one line")),
                message(),
                message(new Block.Buttons(List.of(button("Log", Action.Kind.LOG, Weight.PLAIN, "")))));
        for (var line : lines) {
            assertThat(DiscordRenderer.render(line)
                            .json(Optional.of("r1.card.1"))
                            .getArray("embeds")
                            .isEmpty())
                    .isTrue();
            assertThat(DiscordRenderer.render(line).boxed().texts())
                    .isNotEmpty()
                    .noneMatch(String::isBlank);
        }
    }

    @Test
    void whatOthersWroteIsShownAndDoesNothing() throws IOException {
        var hostile = message(
                new Block.Title(Tone.BAD, HOSTILE),
                new Block.Line(HOSTILE),
                new Block.Line("# big\n> quoted\n- listed\n-# small"),
                new Block.Table(List.of("A", "B"), List.of(List.of("```", "@here"))),
                new Block.Table(
                        List.of("A".repeat(30), "B".repeat(35)), List.of(List.of("@here ```", "[a](http://b) `x`"))),
                new Block.Code(HOSTILE),
                new Block.Failure(HOSTILE, List.of(HOSTILE), HOSTILE),
                new Block.Next(List.of("logs `412` @everyone")));
        looksLike("hostile", hostile);
        var discordMessage = DiscordRenderer.render(hostile);
        var all = discordMessage.content() + String.join("\n", discordMessage.texts());
        assertThat(all).doesNotContain("\u001b", "\u202e", "\u0000");
        assertThat(outsideOfCode(all))
                .doesNotContainPattern("(?<!\\\\)@everyone")
                .doesNotContainPattern("(?<!\\\\)<[@#t]")
                .doesNotContain("https://")
                .doesNotContainPattern("(?<!\\\\)\\]\\(");
        assertThat(discordMessage.json().getObject("allowed_mentions").getArray("parse"))
                .isEmpty();
    }

    /** What stands in code is shown as it is and cannot do anything as long as the fences are ours. */
    private static String outsideOfCode(String text) {
        var parts = text.split("```", -1);
        assertThat(parts.length % 2).as("every block is closed").isEqualTo(1);
        return IntStream.range(0, parts.length)
                .filter(i -> i % 2 == 0)
                .mapToObj(i -> parts[i].replaceAll("`[^`\n]*`", ""))
                .collect(Collectors.joining());
    }

    private static String lines(int n) {
        return IntStream.rangeClosed(1, n)
                .mapToObj(i -> "line " + i + " of it 👩‍🚀")
                .collect(Collectors.joining("\n"));
    }

    private static void fits(DiscordMessage discordMessage) {
        assertThat(discordMessage.content().length()).isLessThanOrEqualTo(2000);
        assertThat(discordMessage.texts())
                .allSatisfy(t -> assertThat(t.length()).isLessThanOrEqualTo(4096));
        assertThat(discordMessage.texts().stream().mapToInt(String::length).sum())
                .isLessThanOrEqualTo(6000 - 25);
        assertThat(discordMessage.rows())
                .hasSizeLessThanOrEqualTo(5)
                .allSatisfy(r -> assertThat(r).hasSizeLessThanOrEqualTo(5));
        assertThat(discordMessage.json().keys())
                .as("JDA's builder takes it")
                .containsExactlyInAnyOrder("content", "embeds", "components", "allowed_mentions");
        outsideOfCode(discordMessage.content() + String.join("\n", discordMessage.texts()));
        var text = discordMessage.content() + String.join("", discordMessage.texts());
        assertThat(new String(
                        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        java.nio.charset.StandardCharsets.UTF_8))
                .as("no half character")
                .isEqualTo(text);
    }

    @Test
    void aLongLogShowsItsEnd() {
        var discordMessage = render(new Block.Code(lines(2000)));
        fits(discordMessage);
        assertThat(discordMessage.texts().getFirst())
                .contains("line 2000 of it")
                .doesNotContain("line 1 of it");
    }

    @Test
    void aLongFailureShowsItsBeginningAndManyGroupsSayThatThereIsMore() {
        fits(render(new Block.Failure("Check", List.of("web-1"), lines(2000))));
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.BAD, "x".repeat(3000)));
        for (int i = 0; i < 35; i++) {
            blocks.add(new Block.Failure("Task " + i, List.of("h" + i), lines(100)));
        }
        var discordMessage = DiscordRenderer.render(new Message(blocks));
        fits(discordMessage);
        assertThat(discordMessage.texts().getLast()).contains("truncated");
        assertThat(discordMessage.texts().getFirst()).contains("line 1 of it");
    }

    @Test
    void twoHundredHostsSayHowManyAreLeft() {
        var rows = IntStream.range(0, 200)
                .mapToObj(i -> List.of("web-" + i + ".example.org", "unreachable", "5 ok", "12s"))
                .toList();
        var narrow = render(new Block.Table(List.of("Host", "Status", "Tasks", "Duration"), rows));
        fits(narrow);
        assertThat(narrow.texts().getFirst()).startsWith("```").containsPattern("… and \\d+ more");
        var wide = rows.stream()
                .map(r -> List.of(r.get(0), r.get(1) + " " + "x".repeat(30), r.get(2), r.get(3)))
                .toList();
        var list = render(new Block.Table(List.of("Host", "Status", "Tasks", "Duration"), wide));
        fits(list);
        assertThat(list.texts().getFirst()).startsWith("**web-0.example.org**").containsPattern("… and \\d+ more");
    }

    @Test
    void aFileMayHaveAMessageWithoutText() {
        var json = new DiscordMessage("", 0, List.of(), List.of()).json();
        assertThat(json.getString("content")).isEmpty();
        assertThat(json.getArray("embeds")).isEmpty();
        assertThat(json.getArray("components")).isEmpty();
    }

    @Test
    void aButtonKnowsItsQuestionAfterARestart() {
        var long1 = button("Cancel", Action.Kind.CANCEL, Weight.DANGER, "Stop it: " + "really ".repeat(30));
        var discordMessage = render(new Block.Buttons(List.of(long1, long1)));
        assertThat(discordMessage.rows()).hasSize(1);
        assertThat(discordMessage.rows().getFirst()).hasSize(1);
        var id = discordMessage.rows().getFirst().getFirst().getCustomId();
        assertThat(id.length()).isLessThanOrEqualTo(100);
        assertThat(ButtonId.of(id)).get().isInstanceOfSatisfying(ButtonId.Ask.class, a -> {
            assertThat(a.question()).startsWith("Stop it: really");
            var sure = ButtonId.question(a, "Cancel").rows().getFirst().getFirst();
            assertThat(ButtonId.of(sure.getCustomId()))
                    .contains(new ButtonId.Now(new Action(Action.Kind.CANCEL, 412), true));
        });
        assertThat(ButtonId.of("v1:log:412")).contains(new ButtonId.Now(new Action(Action.Kind.LOG, 412), false));
        assertThat(ButtonId.of("ask:v1:nonsense:1:x")).isEmpty();
        assertThat(ButtonId.of("who knows")).isEmpty();
    }

    @Test
    void moreThanTwentyFiveButtonsAreNotShown() {
        var many = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> new Button("b" + i, new Action(Action.Kind.LOG, i), "", Weight.PLAIN, ""))
                .toList();
        fits(render(new Block.Buttons(many)));
    }
}
