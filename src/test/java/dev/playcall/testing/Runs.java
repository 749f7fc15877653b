package dev.playcall.testing;

import dev.playcall.domain.KeyRotation;
import dev.playcall.domain.Origin;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.StartTerms;
import dev.playcall.domain.Value;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.PlaybookName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Requests for tests that do not care about every detail. */
public final class Runs {
    public static final Person ALICE = new Person("console:alice");
    public static final Person BOB = new Person("console:bob");

    private Runs() {}

    /** A deployment of v1 of this playbook in production. */
    public static RunRequest request(String playbook) {
        return request("deploy", "production", playbook, 0, false);
    }

    public static RunRequest request(
            String operation, String environment, String playbook, int priority, boolean check) {
        return request(operation, environment, playbook, priority, check, "v1");
    }

    /** A deployment of this version in production. */
    public static RunRequest version(String version) {
        return request("deploy", "production", "deploy", 0, false, version);
    }

    /** With these variables. */
    public static RunRequest given(Map<String, String> variables) {
        return request("deploy", "production", "deploy", 0, false, variables);
    }

    private static RunRequest request(
            String operation, String environment, String playbook, int priority, boolean check, String version) {
        return request(operation, environment, playbook, priority, check, Map.of("version", version));
    }

    private static RunRequest request(
            String operation,
            String environment,
            String playbook,
            int priority,
            boolean check,
            Map<String, String> given) {
        SortedMap<String, Value> variables = new TreeMap<>();
        given.forEach((name, value) -> variables.put(name, new Value.Text(value)));
        return new RunRequest(
                new Operation(operation),
                new EnvironmentName(environment),
                Optional.of(new PlaybookName(playbook)),
                playbook,
                "",
                List.of(),
                List.of(),
                check,
                false,
                variables,
                priority,
                Duration.ofMinutes(10),
                "",
                "",
                Optional.empty(),
                0,
                AnsibleOptions.NONE,
                Optional.empty());
    }

    /** The rotation of a key of production. */
    public static RunRequest keyRotation() {
        var rotation = new KeyRotation("production/deploy", "deploy.new", "ssh-ed25519 AAAA", List.of(), List.of());
        return new RunRequest(
                KeyRotation.OPERATION,
                new EnvironmentName("production"),
                Optional.empty(),
                "rotate-key/production",
                "",
                List.of(),
                List.of(),
                false,
                false,
                rotation.variables(),
                0,
                KeyRotation.timeout(1),
                "",
                "",
                Optional.empty(),
                1,
                AnsibleOptions.NONE,
                Optional.empty());
    }

    public static RunEvent.Requested asked(String playbook) {
        return asked(request(playbook));
    }

    public static RunEvent.Requested asked(RunRequest request) {
        return new RunEvent.Requested(request, ALICE, Origin.of("console:main"));
    }

    /** The same request each time it is asked with the same key. */
    public static RunEvent.Requested asked(String playbook, String key) {
        return new RunEvent.Requested(request(playbook), ALICE, new Origin("api", Optional.of(key)));
    }

    /** One approval of anybody else, with no end. */
    public static StartTerms oneApproval() {
        return new StartTerms(1, List.of(), false, Optional.empty(), false, Optional.empty(), "", false);
    }
}
