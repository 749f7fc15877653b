package dev.playcall.cli.reference;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What {@code ./playcall} ends with, for scripts. */
public enum ExitCode {
    SUCCESS(0, "success"),
    RUN_FAILED(1, "the run failed"),
    REFUSED(2, "wrong usage, or the gateway refused"),
    RUN_CANCELLED(3, "the run was cancelled"),
    UNREACHABLE(4, "no gateway can be reached"),
    UNEXPECTED(70, "an unexpected error in Playcall itself"),
    OUTPUT(74, "the output cannot be written");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** In a few words, without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** All of them in one sentence. */
    public static String sentence() {
        return Arrays.stream(values()).map(c -> c.code + " " + c.meaning).collect(Collectors.joining("; ", "", "."));
    }
}
