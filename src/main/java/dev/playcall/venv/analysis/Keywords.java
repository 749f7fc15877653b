package dev.playcall.venv.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of a task that are not its module; from the list of playbook keywords in Ansible's documentation. */
final class Keywords {
    private static final Set<String> TASK = Set.of(
            ("action any_errors_fatal args async async_val become become_exe become_flags become_method become_user"
                            + " changed_when check_mode collections connection debugger delay delegate_facts delegate_to diff"
                            + " environment failed_when ignore_errors ignore_unreachable listen local_action loop loop_control"
                            + " loop_with module_defaults name no_log notify poll port register remote_user retries run_once sudo"
                            + " tags throttle timeout until vars when block rescue always first_available_file")
                    .split(" ", -1));
    /** Their values are expressions without braces. */
    static final Set<String> CONDITIONS = Set.of("when", "until", "changed_when", "failed_when", "that", "break_when");

    static final List<String> BLOCKS = List.of("block", "rescue", "always");

    private Keywords() {}

    /** Whether a key of a task names its module. */
    static boolean isModule(String key) {
        return !TASK.contains(key) && !key.startsWith("with_");
    }

    /** {@code import_tasks} of {@code ansible.builtin.import_tasks}; empty for the modules of other collections. */
    static Optional<String> builtin(String module) {
        return Arrays.asList("ansible.builtin.", "ansible.legacy.").stream()
                .filter(module::startsWith)
                .findFirst()
                .map(prefix -> module.substring(prefix.length()))
                .or(() -> Optional.of(module).filter(m -> m.indexOf('.') < 0));
    }
}
