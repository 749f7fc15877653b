package dev.playcall.cli;

import dev.playcall.boot.settings.RefusedException;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.discord.DiscordAdapter;
import dev.playcall.chat.slack.SlackManifest;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What a chat platform has to know of Playcall, made from the one catalogue of commands. */
@Command(name = "manifest", description = "print the Slack or Discord app manifest")
final class ManifestCommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Parameters(paramLabel = "PLATFORM", description = "slack or discord")
    String platform = "";

    @Override
    public Integer call() {
        var command = Objects.requireNonNull(root);
        var config = command.load();
        var entries = CommandCatalogue.of(new DiskCatalogs(config, Clock.systemUTC()).current());
        var http = config.chat().slack().mode().equals("http");
        var address = Optional.of(config.server().publicUrl())
                .filter(u -> http && !u.isBlank())
                .map(URI::create);
        var text = switch (platform) {
            case "discord" -> DiscordAdapter.manifest(entries, config.chat().discord());
            case "slack" ->
                SlackManifest.manifest(entries, address, config.server().publicUrl());
            default ->
                throw new RefusedException(
                        "there is no manifest for \"" + platform + "\"; there are slack and discord");
        };
        command.out().println(text);
        command.out().flush();
        return Main.OK;
    }
}
