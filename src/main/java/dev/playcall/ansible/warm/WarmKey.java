package dev.playcall.ansible.warm;

import dev.playcall.ansible.PythonShebang;
import dev.playcall.runner.directory.RunDirectory.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Ansible is like once it is imported. Runs with the same one can have the same import; which program files that
 * was made of, the process itself looks after.
 *
 * @param interpreter of the program, with its options
 * @param program the ansible-playbook that is run
 * @param directory in which it is run
 * @param environment as far as all runs have it
 * @param config the text of ansible.cfg
 */
record WarmKey(List<String> interpreter, Path program, Path directory, Map<String, String> environment, String config) {
    static final String CONFIG = "ANSIBLE_CONFIG";
    static final String TEMPORARY = "ANSIBLE_LOCAL_TEMP";

    /** Each run has its own, and gives them to what is imported: {@code PER_RUN} in {@code warm_ansible.py}. */
    private static final Set<String> PER_RUN = Set.of(
            "PLAYCALL_EVENTS",
            CONFIG,
            TEMPORARY,
            "ANSIBLE_SSH_CONTROL_PATH_DIR",
            "ANSIBLE_INVENTORY_ENABLED",
            "ANSIBLE_VAULT_IDENTITY_LIST",
            "ANSIBLE_BECOME_PASSWORD_FILE",
            "ANSIBLE_CONNECTION_PASSWORD_FILE",
            "ANSIBLE_SSH_ARGS",
            "ANSIBLE_HOST_KEY_CHECKING",
            "ANSIBLE_CALLBACK_RESULT_FORMAT");

    WarmKey {
        interpreter = List.copyOf(interpreter);
        environment = Map.copyOf(environment);
    }

    /** Empty for a run that cannot have one: of another user, or of a program that no Python executes. */
    static Optional<WarmKey> of(Launch launch) {
        var program = Path.of(launch.argv().getFirst());
        var config = launch.environment().get(CONFIG);
        if (launch.user().isPresent() || config == null || !program.endsWith("ansible-playbook")) {
            return Optional.empty();
        }
        var environment = new TreeMap<>(launch.environment());
        environment.keySet().removeAll(PER_RUN);
        try {
            var text = Files.readString(Path.of(config));
            return PythonShebang.interpreter(program)
                    .map(python -> new WarmKey(python, program, launch.directory(), environment, text));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
