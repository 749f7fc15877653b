package dev.playcall.venv;

import java.util.Arrays;

/** Compares versions of Python with what is asked for. */
final class PythonVersions {
    private PythonVersions() {}

    /**
     * Whether a version will do.
     *
     * @param asked {@code >=3.10,<3.13}; empty for any
     * @param version {@code 3.11}
     */
    static boolean allow(String asked, String version) {
        return Arrays.stream(asked.split(",", -1))
                .map(String::strip)
                .filter(a -> !a.isEmpty())
                .allMatch(a -> one(a.replaceFirst("[0-9].*", ""), a.replaceFirst("^[^0-9]+", ""), version));
    }

    private static boolean one(String operator, String asked, String version) {
        int compared = Arrays.compare(numbers(version), numbers(asked));
        boolean within = asked.endsWith(".*") && version.startsWith(asked.replaceFirst("\\*$", ""));
        return switch (operator) {
            case ">=" -> compared >= 0;
            case ">" -> compared > 0;
            case "<=" -> compared <= 0;
            case "<" -> compared < 0;
            case "!=" -> compared != 0 && !within;
            case "~=" -> compared >= 0 && numbers(version)[0] == numbers(asked)[0];
            default -> compared == 0 || within;
        };
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.", -1))
                .filter(n -> n.matches("\\d{1,6}"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
