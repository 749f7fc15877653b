package dev.playcall.ansible;

import dev.playcall.catalog.ansiblecfg.RunTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The environment of a run, built from nothing: the gateway's own holds tokens that no playbook may see. */
final class RunEnvironment {
    /** Needed by ssh, its agent, proxies and the clock; none of them holds a secret of ours. */
    private static final List<String> PASSED_ON = List.of(
            "HOME",
            "USER",
            "LOGNAME",
            "TZ",
            "SSH_AUTH_SOCK",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY");

    /** Of no use to another user, who gets its own. */
    private static final Set<String> OF_THE_GATEWAY = Set.of("HOME", "USER", "LOGNAME", "SSH_AUTH_SOCK");

    private final AnsibleSettings settings;
    private final ProgramPaths programPaths;
    private final PythonFiles python;

    RunEnvironment(AnsibleSettings settings, ProgramPaths programPaths, PythonFiles python) {
        this.settings = settings;
        this.programPaths = programPaths;
        this.python = python;
    }

    /** For what is no run of an operation in an environment. */
    Map<String, String> of(Path folder, Path control) throws IOException {
        var general = RunTuning.general(settings.config(), settings.tuning(), settings.forks());
        return of(folder, control, general.withoutFacts(""), Optional.empty());
    }

    /**
     * Also writes the {@code ansible.cfg} of the run into its folder: what counts of the repository's.
     *
     * @param facts where facts are kept, if any are
     */
    Map<String, String> of(Path folder, Path control, RunTuning tuning, Optional<Path> facts) throws IOException {
        Files.writeString(folder.resolve("ansible.cfg"), settings.config().text(tuning, facts));
        var env = new LinkedHashMap<String, String>();
        boolean isAnotherUser = settings.isolation().runAs().isPresent();
        for (var name : PASSED_ON) {
            var value = settings.environment().get(name);
            if (value != null && !(isAnotherUser && OF_THE_GATEWAY.contains(name))) {
                env.put(name, value);
            }
        }
        env.put("PATH", programPaths.searchPath());
        env.put("LC_ALL", "C.UTF-8");
        // Ansible does not flush its output by itself; without this a fast host's line waits for a slow one.
        env.put("PYTHONUNBUFFERED", "1");
        // What people agree to has the byte code beside the sources in it, so nothing may be written there by a run.
        env.put("PYTHONDONTWRITEBYTECODE", "1");
        env.put("PLAYCALL_EVENTS", folder.resolve("events").toString());
        env.put("ANSIBLE_CONFIG", folder.resolve("ansible.cfg").toString());
        env.put("ANSIBLE_ROLES_PATH", settings.libraries().roles());
        env.put("ANSIBLE_COLLECTIONS_PATH", settings.libraries().collections());
        env.put("ANSIBLE_CALLBACK_PLUGINS", python.callbacks().toString());
        env.put("ANSIBLE_INVENTORY_PLUGINS", python.inventories().toString());
        env.put("ANSIBLE_LOCAL_TEMP", folder.resolve("tmp").toString());
        env.put("ANSIBLE_SSH_CONTROL_PATH_DIR", control.toString());
        env.put("ANSIBLE_HOST_KEY_CHECKING", settings.hostKeyChecking() ? "True" : "False");
        // An executable inventory would be executed, even by a mere listing.
        env.put("ANSIBLE_INVENTORY_ENABLED", "yaml");
        env.put("ANSIBLE_INVENTORY_UNPARSED_FAILED", "1");
        env.put("ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED", "1");
        // Since 2.18 one byte that is not UTF-8 fails the task; the log may hold what a host really said.
        env.put("ANSIBLE_MODULE_STRICT_UTF8_RESPONSE", "0");
        // Since 2.19 workers leave the session, and what a play forgets in one would pass for a daemon that is to stay.
        env.put("ANSIBLE_WORKER_SESSION_ISOLATION", "0");
        env.put("ANSIBLE_RETRY_FILES_ENABLED", "0");
        env.put("ANSIBLE_NOCOWS", "1");
        env.put("ANSIBLE_NOCOLOR", "1");
        return env;
    }
}
