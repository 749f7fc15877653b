package dev.playcall.cli.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.boot.ChatFixture;
import dev.playcall.boot.ChatStage;
import dev.playcall.boot.ConnectionFault;
import dev.playcall.boot.GatewayFile;
import dev.playcall.testing.WebAccessFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Terminals, over the HTTP that the command line speaks. */
public final class ConsoleStage implements ChatStage {
    private static final Terminal SCREEN = new Terminal(400, false, false);
    private static final Map<String, String> BATCHES = Map.of(
            "Notify me",
            "notify me",
            "Pause",
            "pause",
            "Resume",
            "resume",
            "Retry failed",
            "retry batch",
            "Cancel the rest",
            "cancel batch",
            "Cancel all",
            "cancel batch");

    private static final Map<String, String> TYPED = Map.of(
            "Cancel",
            "cancel",
            "Log",
            "logs",
            "Full log",
            "logs",
            "Details",
            "show",
            "Re-run",
            "rerun",
            "Retry failed hosts",
            "retry",
            "Approve",
            "approve",
            "Reject",
            "reject");
    private static final Pattern COMMAND = Pattern.compile("(?<=^ ? ?|   )→ (.+?)(?=   →|$)", Pattern.MULTILINE);

    private final ChatFixture fixture;
    private final Map<String, String> asked = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    public ConsoleStage(Path home) {
        fixture = new ChatFixture(home, Map.of());
    }

    @Override
    public String platform() {
        return "console";
    }

    @Override
    public String group() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChatFixture house() {
        return fixture;
    }

    @Override
    public Said say(String person, String line) {
        var json = new ObjectMapper();
        var body = json.createObjectNode().put("text", line).put("width", 400).put("user", person);
        var request = HttpRequest.newBuilder(fixture.address().resolve("/api/v1/console"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            var answer = json.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
            var text = answer.path("text").asText();
            asked.put(person, text);
            return new Said(text, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Said mention(String person, String line) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Said direct(String person, String line) {
        throw new UnsupportedOperationException();
    }

    private static Stream<String> commands(String text) {
        return COMMAND.matcher(text).results().map(m -> m.group(1));
    }

    /** What a message says can be typed stands for its buttons. */
    @Override
    public Said press(String person, String label) {
        var command = channel().reversed().stream()
                .flatMap(ConsoleStage::commands)
                .filter(c -> c.startsWith(typed(label)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing says how to " + label + ": " + channel()));
        return say(person, command);
    }

    /** "Approve #2" is typed as it is read. */
    private static String typed(String label) {
        return Optional.ofNullable(TYPED.get(label))
                .or(() -> Optional.ofNullable(BATCHES.get(label)))
                .orElseGet(() -> label.toLowerCase(java.util.Locale.ROOT).replace("#", ""));
    }

    @Override
    public Said answer(String person, String label) {
        var command =
                commands(Optional.ofNullable(asked.get(person)).orElse("")).findFirst();
        return label.equals("No")
                ? new Said("nothing was typed, nothing was started", true)
                : say(person, command.orElseThrow());
    }

    /** A form is the same line with what was missing. */
    @Override
    public Said submit(String person, Map<String, String> values) {
        var command = commands(Optional.ofNullable(asked.get(person)).orElse(""))
                .findFirst()
                .orElseThrow();
        if (command.endsWith(" …")) {
            return say(person, command.replace("…", '"' + values.getOrDefault("reason", "") + '"'));
        }
        var line = new StringBuilder(command.replaceAll(" \\w+=…$", ""));
        values.forEach((name, value) ->
                line.append(' ').append(name).append("=\"").append(value).append('"'));
        return say(person, line.toString());
    }

    @Override
    public List<String> complete(String command, String option, String typed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String home(String person) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> channel() {
        try (var gateway = new HttpGateway(new GatewayFile.Found(fixture.address(), WebAccessFixture.CONSOLE))) {
            var texts = new ArrayList<String>();
            // A batch is shown by its first run.
            for (var run : fixture.runs().stream()
                    .filter(r -> r.batch().filter(p -> !p.isFirst()).isEmpty())
                    .toList()) {
                gateway.card(run.id().value(), SCREEN, Optional.empty(), Duration.ZERO)
                        .parts()
                        .forEach(p -> texts.add(p.text()));
            }
            return texts;
        }
    }

    @Override
    public List<String> buttons() {
        return commands(channel().getLast()).map(c -> c.split(" ", 2)[0]).toList();
    }

    @Override
    public List<String> thread() {
        return channel();
    }

    @Override
    public List<String> files() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int pings() {
        return 0;
    }

    @Override
    public void loseNextAnswer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void slowDown() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void trouble(ConnectionFault problem) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shout(String person, String line) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void away(boolean away) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deliverAgain() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Said stranger(String line) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        fixture.close();
    }
}
