package dev.playcall.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.ansible.IsolationCheck;
import dev.playcall.ansible.ProgramPaths;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.config.Config;
import dev.playcall.domain.format.TextFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether runs can have the user and the limits that are configured, and how limits are held on this machine. */
final class IsolationFindings {
    private final Config config;
    private final IsolationCheck check;

    public IsolationFindings(Config config, ProgramPaths programPaths) {
        this.config = config;
        this.check = new IsolationCheck(config, programPaths);
    }

    /** Nothing where neither is configured. */
    public List<PlatformFinding> all() {
        try {
            var found = new ArrayList<>(user());
            var limits = config.ansible().isolation().limits().byName();
            if (!limits.isEmpty()) {
                found.addAll(limits(limits, check.limits()));
            }
            return found;
        } catch (IOException | UncheckedIOException e) {
            return List.of(PlatformFinding.warning(
                    "ansible.run_as and ansible.limits could not be checked: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private List<PlatformFinding> user() throws IOException, InterruptedException {
        var name = config.ansible().isolation().runAs();
        if (name.isEmpty()) {
            return List.of();
        }
        var problems = check.user();
        return problems.isEmpty()
                ? List.of(PlatformFinding.ok("ansible.run_as: Ansible runs as " + name.get()))
                : problems.stream()
                        .map(p ->
                                p.keepsRunsOut() ? PlatformFinding.error(p.text()) : PlatformFinding.warning(p.text()))
                        .toList();
    }

    private static List<PlatformFinding> limits(Map<String, Long> limits, JsonNode means) {
        return limits.entrySet().stream()
                .map(e -> limit(e.getKey(), e.getValue(), means))
                .toList();
    }

    private static PlatformFinding limit(String name, long value, JsonNode means) {
        var shown = "ansible.limits." + name + ": "
                + switch (name) {
                    case "memory" -> TextFormat.size(value);
                    case "cpu" -> value + "% of a processor";
                    default -> Long.toString(value);
                };
        if (name.equals("open_files")) {
            return PlatformFinding.ok(shown + " for each process of a run");
        }
        if (means.path(name).asText().equals("cgroup")) {
            return PlatformFinding.ok(shown + " for all processes of a run together (control group)");
        }
        var instead = switch (name) {
            case "memory" -> "it holds for each process of a run by itself";
            case "cpu" -> "only the CPU time of each process is limited, to this share of the run's time limit";
            default -> "it holds for all processes of the user that runs Ansible, and not for root";
        };
        return PlatformFinding.warning(shown + ": without control groups " + instead + " ("
                + means.path("why").asText("") + "; docs/systemd.md)");
    }
}
