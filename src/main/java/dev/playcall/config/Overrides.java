package dev.playcall.config;

import dev.playcall.domain.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code PLAYCALL_<SECTION>_<KEY>} in the environment wins over the file. */
final class Overrides {
    private static final String PREFIX = "PLAYCALL_";
    private static final List<String> PATHS = List.of(
            "server.host",
            "server.port",
            "server.public_url",
            "store.url",
            "paths.playbooks",
            "paths.inventory",
            "paths.logs",
            "paths.data",
            "ansible.forks",
            "ansible.timeout",
            "ansible.host_key_checking",
            "ansible.max_parallel_runs",
            "ansible.cancel_grace",
            "chat.console.enabled",
            "chat.slack.bot_token",
            "chat.slack.app_token",
            "chat.slack.signing_secret",
            "chat.slack.mode",
            "chat.slack.api_base",
            "chat.slack.default_channel",
            "chat.discord.token",
            "chat.discord.api_base",
            "chat.discord.gateway",
            "chat.discord.default_channel",
            "schedule.timezone",
            "schedule.missed",
            "retention.runs.max_age",
            "retention.runs.max_count",
            "retention.logs.max_age",
            "retention.logs.max_size");
    private static final Set<String> SECTIONS =
            Set.of("SERVER", "STORE", "PATHS", "ANSIBLE", "CHAT", "SCHEDULE", "RETENTION");

    private Overrides() {}

    static Map<String, String> of(Map<String, String> environment, List<Problem> problems) {
        var names = new HashMap<String, String>();
        PATHS.forEach(p -> names.put(PREFIX + p.toUpperCase(Locale.ROOT).replace('.', '_'), p));
        var found = new HashMap<String, String>();
        environment.forEach((name, value) -> {
            var path = names.get(name);
            if (path != null) {
                found.put(path, value);
            } else if (isMeant(name)) {
                var near = Nearest.of(name, names.keySet())
                        .map(n -> "; did you mean " + n + "?")
                        .orElse("");
                problems.add(new Problem("environment", name + " names no key of the configuration" + near));
            }
        });
        return found;
    }

    private static boolean isMeant(String name) {
        return name.startsWith(PREFIX)
                && SECTIONS.contains(name.substring(PREFIX.length()).split("_", 2)[0]);
    }
}
