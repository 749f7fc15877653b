package dev.playcall.domain;

import dev.playcall.domain.name.Operation;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What kind of work a run is. */
public enum RunType {
    /** It runs a playbook. */
    PLAYBOOK,
    /** It runs one module. */
    ADHOC,
    /** It checks the files of an environment and touches no host. */
    VALIDATE;

    public static RunType of(Operation operation) {
        return operation.equals(Operation.VALIDATE) ? VALIDATE : operation.equals(Operation.ADHOC) ? ADHOC : PLAYBOOK;
    }

    /** As the API names it; empty when there is no such type. */
    public static Optional<RunType> of(String word) {
        return Arrays.stream(values()).filter(t -> t.word().equals(word)).findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
