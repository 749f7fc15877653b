package dev.playcall.boot;

import dev.playcall.boot.ChatStage.Feature;
import java.util.Optional;
import java.util.Set;

/** What each platform has, and why not the rest. */
enum ChatPlatforms {
    CONSOLE,
    SLACK,
    DISCORD;

    boolean has(Set<Feature> needs) {
        return needs.stream().noneMatch(f -> without(f).isPresent());
    }

    /** Why this platform has no such thing; empty when it has. */
    private Optional<String> without(Feature feature) {
        return switch (this) {
            case CONSOLE -> Optional.of(terminal(feature));
            case SLACK ->
                switch (feature) {
                    case AUTOCOMPLETE -> Optional.of("Slack has none for slash commands");
                    case GLOBAL_LIMIT -> Optional.of("Slack limits each method and channel, never everything at once");
                    default -> Optional.empty();
                };
            case DISCORD ->
                feature == Feature.HOME ? Optional.of("Discord has no page of one's own for a bot") : Optional.empty();
        };
    }

    private static String terminal(Feature feature) {
        return switch (feature) {
            case BUTTONS -> "a terminal shows what to type instead";
            case THREADS -> "the card of a terminal has the hosts in it";
            case FILES -> "logs are files on this machine already";
            case FORMS -> "a terminal says what to add to the line";
            case MENTIONS -> "everything typed is for Playcall, by people of this machine";
            case AUTOCOMPLETE -> "not in the terminal";
            case GROUPS -> "this machine's groups say nothing about Playcall";
            case HOME -> "`status` and `runs` are the same";
            case UNASKED, GLOBAL_LIMIT, WIRE -> "terminals come and look, nothing is sent to them";
        };
    }

    String reason(Set<Feature> needs) {
        return needs.stream().flatMap(f -> without(f).stream()).findFirst().orElseThrow();
    }
}
