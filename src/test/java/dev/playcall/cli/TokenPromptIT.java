package dev.playcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.testing.SystemPython;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init} asks for tokens at a terminal: nobody looks on, and only the configuration has them. */
class TokenPromptIT {
    private static final List<String> TOKENS = List.of("xoxb-1-hidden", "xapp-1-hidden", "discord.1.hidden");
    private static final Path TERMINAL = Path.of("src", "test", "resources", "programs", "type_hidden.py");

    @TempDir
    Path folder;

    private String init() throws Exception {
        var argv = new ArrayList<>(List.of(SystemPython.program(), TERMINAL.toString()));
        argv.add("Slack bot token=" + TOKENS.get(0));
        argv.add("Slack app token=" + TOKENS.get(1));
        argv.add("Discord bot token=" + TOKENS.get(2));
        argv.addAll(List.of(
                "--",
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dplaycall.home=" + folder.resolve("home"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "init",
                folder.resolve("repository").toString(),
                "--no-ping"));
        var process = new ProcessBuilder(argv)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return shown;
    }

    private void write(String file, String text) throws IOException {
        var path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private List<Path> filesWith(String token) throws IOException {
        var found = new ArrayList<Path>();
        try (var all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(token)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    @Test
    void tokensAreNotShownAndOnlyTheConfigurationHasThem() throws Exception {
        write("repository/hosts", "[web]\nw1 ansible_connection=local\n");
        var config = folder.resolve("home/config/playcall.yml");
        // As a checkout leaves it, readable for everybody, with a token that somebody wrote by hand.
        write("home/config/playcall.yml", "chat:\n  discord:\n    token: mine\n");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
        var shown = init();
        assertThat(shown)
                .contains(
                        "Slack bot token (xoxb-…, empty for none): ",
                        "Discord bot token",
                        "playcall.yml is written",
                        "chat.discord.token stays as it is; init would set what was typed (--replace does)")
                .doesNotContain("hidden");
        assertThat(Files.readString(config))
                .contains("bot_token: xoxb-1-hidden", "app_token: xapp-1-hidden", "token: mine");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
                .isEqualTo("rw-------");
        assertThat(filesWith("-1-hidden")).containsExactly(config);
        assertThat(filesWith("discord.1.hidden")).isEmpty();
    }
}
