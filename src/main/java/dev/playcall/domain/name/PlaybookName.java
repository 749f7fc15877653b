package dev.playcall.domain.name;

/** Name of a playbook: its file in {@code playbooks/} without the ending, a dot for each folder. Letters, digits, dot, dash and underscore; at most 64; starts with a letter or digit. */
public record PlaybookName(String value) implements Comparable<PlaybookName> {
    public PlaybookName {
        NameRules.require("playbook", value);
    }

    /** Whether the text could be such a name at all. */
    public static boolean isValid(String text) {
        return NameRules.isValid(text);
    }

    /** What somebody wrote, as a file ({@code deploy.yml}, {@code db/backup.yaml}) or by name ({@code deploy}). */
    public static String withoutEnding(String text) {
        return text.replaceFirst("\\.ya?ml$", "")
                .replaceFirst("^playbooks/", "")
                .replace('/', '.');
    }

    @Override
    public int compareTo(PlaybookName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
