package dev.playcall.domain.venv;

import dev.playcall.domain.KeyRotation;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A run that makes a Python environment on a host of the inventory, removes some there, or looks at them: its playbook is written for it. */
public sealed interface HostVenvRun {
    Operation DEPLOY = new Operation("venv-deploy");
    Operation CLEANUP = new Operation("venv-cleanup");
    Operation VERIFY = new Operation("venv-verify");

    /**
     * Makes one.
     *
     * @param spec name of the specification
     * @param force another one beside the one that is there
     * @param lint whether Ansible has to understand the playbook
     */
    record Deploy(String spec, boolean force, boolean lint) implements HostVenvRun {}

    /** Removes those of these names. */
    record Cleanup(List<String> names) implements HostVenvRun {
        public Cleanup {
            names = List.copyOf(names);
        }
    }

    /** Looks whether those of these names are there, and which besides. */
    record Verify(List<String> names) implements HostVenvRun {
        public Verify {
            names = List.copyOf(names);
        }
    }

    /** What such a run was made of; empty for any other, and for an operation of the same name that has a playbook. */
    static Optional<HostVenvRun> of(RunRequest request) {
        if (request.playbook().isPresent() || request.task().isPresent()) {
            return Optional.empty();
        }
        var variables = request.variables();
        if (request.operation().equals(DEPLOY) && variables.get("venv") instanceof Value.Text(var spec)) {
            boolean lint = !"no".equals(shown(variables.get("lint")));
            return Optional.of(new Deploy(spec, "yes".equals(shown(variables.get("force"))), lint));
        }
        if (variables.get("venvs") instanceof Value.Items(var names)) {
            return request.operation().equals(CLEANUP)
                    ? Optional.of(new Cleanup(names))
                    : request.operation().equals(VERIFY) ? Optional.of(new Verify(names)) : Optional.empty();
        }
        return Optional.empty();
    }

    private static String shown(@org.jspecify.annotations.Nullable Value value) {
        return value == null ? "" : value.display();
    }

    default Operation operation() {
        return switch (this) {
            case Deploy _ -> DEPLOY;
            case Cleanup _ -> CLEANUP;
            case Verify _ -> VERIFY;
        };
    }

    /** As variables of a request. */
    default SortedMap<String, Value> variables() {
        return new TreeMap<>(
                switch (this) {
                    case Deploy(var spec, var force, var lint) ->
                        Map.<String, Value>of(
                                "venv",
                                new Value.Text(spec),
                                "force",
                                new Value.Text(force ? "yes" : "no"),
                                "lint",
                                new Value.Text(lint ? "yes" : "no"));
                    case Cleanup(var names) -> Map.<String, Value>of("venvs", new Value.Items(names));
                    case Verify(var names) -> Map.<String, Value>of("venvs", new Value.Items(names));
                });
    }

    /** Whether a run is one of those whose playbook is written for it: it is asked for anew and not repeated. */
    static boolean isWritten(RunRequest request) {
        return KeyRotation.is(request) || of(request).isPresent();
    }
}
