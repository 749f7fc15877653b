package dev.playcall.catalog.variable;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names a variable may have. Ansible's connection and become variables execute commands on the controller without
 * any template, so no playbook may offer them to people.
 */
public final class VariableNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final List<String> OURS = List.of("ansible_", "playcall_");
    /** {@code __ansible_unsafe} as the only key makes Ansible take the whole file of variables for one text. */
    private static final List<String> INNER = List.of("__", "become", "inventory_", "with_", "discovered_interpreter");
    /** Ansible's own list of reserved names, its magic variables, and what its templates call. */
    private static final Set<String> RESERVED = Set.of("""
            action always any_errors_fatal args async async_val block changed_when check_mode collections connection \
            debugger delay delegate_facts delegate_to diff environment fact_path failed_when force_handlers \
            gather_facts gather_subset gather_timeout handlers hosts ignore_errors ignore_unreachable local_action \
            loop loop_control loop_with max_fail_percentage module_defaults name no_log notify order poll port \
            post_tasks pre_tasks register remote_addr remote_user rescue retries role_name role_names role_path roles \
            run_once serial strategy tags tasks throttle timeout until vars vars_files vars_prompt when \
            group_names groups hostvars item omit play_hosts playbook_dir \
            lookup query q now undef caller cycler dict joiner lipsum namespace range self super varargs kwargs""".split("\\s+"));

    private static final Set<String> WORDS = Set.of("""
            False None True and as assert await break class continue def del elif else except finally for from global \
            if import in is lambda nonlocal not or pass raise return try while yield \
            false true none block endblock extends include macro set filter call do""".split("\\s+"));

    private VariableNames() {}

    /** Why this name is refused, if it is. */
    public static Optional<String> refusal(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of(
                    "is not a name for a variable (letters, digits and _ only, not starting with a digit, at most 64)");
        }
        if (OURS.stream().anyMatch(name::startsWith)) {
            return Optional.of("starts with " + name.substring(0, name.indexOf('_') + 1)
                    + ", and such variables decide what is executed, not what is deployed"
                    + passwords(name));
        }
        if (RESERVED.contains(name) || INNER.stream().anyMatch(name::startsWith)) {
            return Optional.of("means something to Ansible itself");
        }
        return WORDS.contains(name) ? Optional.of("is a word of Python or of templates") : Optional.empty();
    }

    /** What answers where Ansible would ask for this password. */
    private static String passwords(String name) {
        return switch (name) {
            case "ansible_become_password", "ansible_become_pass", "ansible_sudo_pass" -> secret("become_password");
            case "ansible_password", "ansible_ssh_pass", "ansible_ssh_password" -> secret("ssh_password");
            default -> "";
        };
    }

    private static String secret(String kind) {
        return "; keep the password as a secret: ./playcall secret set NAME --kind " + kind;
    }
}
