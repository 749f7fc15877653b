package dev.playcall.domain.name;

/** Name of an operation, the word people type: {@code deploy}. Letters, digits, dot, dash and underscore; at most 64; starts with a letter or digit. */
public record Operation(String value) implements Comparable<Operation> {
    public static final Operation VALIDATE = new Operation("validate");
    public static final Operation PING = new Operation("ping");
    public static final Operation PROVISION = new Operation("provision");
    public static final Operation DEPLOY = new Operation("deploy");
    public static final Operation ROLLBACK = new Operation("rollback");
    public static final Operation UPDATE = new Operation("update");
    /** Any playbook of the catalogue, named in the request. */
    public static final Operation PLAY = new Operation("play");

    /** One module, without a playbook. */
    public static final Operation ADHOC = new Operation("adhoc");

    public Operation {
        NameRules.require("operation", value);
    }

    /** Whether the text could be such a name at all. */
    public static boolean isValid(String text) {
        return NameRules.isValid(text);
    }

    @Override
    public int compareTo(Operation other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
