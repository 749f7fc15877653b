package dev.playcall.chat.conversation;

import dev.playcall.config.runtime.RuntimeSettingKeys;
import dev.playcall.domain.rollout.Deployment.DeploymentState;
import dev.playcall.notify.event.Delivery;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The words that an option takes from a list that does not change: actions, durations, states. */
final class WordChoices {
    private static final List<String> DURATIONS = List.of("30m", "1h", "2h", "4h", "1d");

    private WordChoices() {}

    /** Empty when the option has no such list. */
    static Stream<String> of(String command, String option) {
        return switch (option) {
            case "action" -> actions(command).stream();
            case "for" -> DURATIONS.stream();
            case "since", "until" -> Stream.of("1h", "24h", "7d", "30d");
            case "missed" -> Stream.of("skip", "run_once", "run_all:5");
            case "on-failure" -> Stream.of("stop", "continue");
            case "period" -> Stream.of("today", "7d", "30d", "90d");
            case "type" -> Stream.of("playbook", "adhoc", "validate");
            case "by" -> Stream.of("me");
            case "now" -> Stream.of("now");
            case "key" -> RuntimeSettingKeys.KEYS.stream().map(RuntimeSettingKeys.Key::name);
            case "status" -> Arrays.stream(DeploymentState.values()).map(DeploymentState::word);
            case "state" -> Arrays.stream(Delivery.State.values()).map(Delivery.State::word);
            default -> Stream.empty();
        };
    }

    private static List<String> actions(String command) {
        return switch (command) {
            case "galaxy" -> List.of("install");
            case "nodes" -> List.of("drain", "undrain");
            case "settings" -> List.of("set", "reset");
            case "schedule" -> List.of("list", "add", "at", "run", "pause", "resume", "remove");
            case "report" -> List.of("daily", "weekly", "now", "list", "pause", "resume", "remove");
            case "env" -> List.of("list", "policy", "create", "rename", "archive", "restore");
            case "host" ->
                List.of(
                        "add",
                        "remove",
                        "tag",
                        "untag",
                        "set",
                        "unset",
                        "register",
                        "change",
                        "unregister",
                        "registered");
            case "group" -> List.of("add", "remove", "rename", "set", "unset");
            case "playbook" -> List.of("show", "delete", "restore");
            case "notify" -> List.of("me", "test", "receivers", "routes", "add", "remove");
            default -> List.of();
        };
    }
}
