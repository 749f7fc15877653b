package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Value;
import dev.playcall.domain.ansible.AdhocTask;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What people wrote is in the playbook as text that Ansible never takes for a template. */
class AdhocPlaybookTest {

    private static RunRequest request(AdhocTask task, Map<String, Value> arguments) {
        return new RunRequest(
                Operation.ADHOC,
                new EnvironmentName("production"),
                Optional.empty(),
                "adhoc:x:production",
                "",
                List.of(),
                List.of(),
                false,
                false,
                new TreeMap<>(arguments),
                0,
                Duration.ofMinutes(1),
                "",
                "",
                Optional.empty(),
                2,
                AnsibleOptions.NONE,
                Optional.of(task));
    }

    @Test
    void everyArgumentIsUnsafeTextAndASecretIsAVariable() {
        var task = new AdhocTask("service", "", true);
        var request = request(
                task,
                Map.of(
                        "name", new Value.Text("a\"b\\c\n{{ x }}: #é😀"),
                        "enabled", new Value.Flag(true),
                        "sleep", new Value.Decimal(new BigDecimal("1.5")),
                        "use", new Value.Items(List.of("@x", "]")),
                        "token", new Value.Secret("one/time", Value.Secret.Usage.VARIABLE)));
        assertThat(AdhocPlaybook.text(request, task)).isEqualTo("""
            - name: adhoc
              hosts: all
              gather_facts: false
              become: true
              tasks:
                - name: "service"
                  ansible.legacy.service:
                    "enabled": true
                    "name": !unsafe "a\\"b\\\\c\\U0000000a{{ x }}: #\\U000000e9\\U0001f600"
                    "sleep": 1.5
                    "token": "{{ playcall_argument_token | string }}"
                    "use": [!unsafe "@x", !unsafe "]"]
            """);
        assertThat(AdhocPlaybook.secrets(request.variables())).containsOnlyKeys("playcall_argument_token");
    }

    @Test
    void aModuleOfACollectionKeepsItsNameAndNoArgumentsAreNone() {
        var task = new AdhocTask("community.general.ufw", "", false);
        assertThat(AdhocPlaybook.text(request(task, Map.of()), task)).endsWith("community.general.ufw: {}\n");
    }
}
