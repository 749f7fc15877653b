package dev.playcall.chat.command;

/**
 * One thing that can be said with a command.
 *
 * @param name lower case letters, digits, dash and underscore, at most 32: also the option's name where a platform has
 *     typed options
 * @param written its state in a line of text
 * @param help at most 100 characters
 */
public record CommandOption(String name, Type type, Written written, boolean required, String help) {
    static final CommandOption IN_ENVIRONMENT = word("env", Type.ENVIRONMENT, "environment");
    static final CommandOption RUN_NUMBER = word("run", Type.RUN, "run number");

    /** What may stand there, and from where it is completed. */
    public enum Type {
        ENVIRONMENT,
        /** Several with commas between them, or {@code all}. */
        ENVIRONMENTS,
        PLAYBOOK,
        /** One that may be run without a playbook. */
        MODULE,
        OPERATION,
        COMMAND,
        RUN,
        /** Hosts and groups with commas between them. */
        HOSTS,
        HOST,
        TAGS,
        /** Values for the variables of the playbook that go by a name. */
        TEMPLATE,
        /** Versions that ran before are offered. */
        VERSION,
        STATE,
        /** An environment, an operation, {@code all} or {@code failures}. */
        TOPIC,
        NUMBER,
        FLAG,
        TEXT,
        /** {@code key=value} pairs with blanks between them. */
        VARIABLES;

        /** Whether it is one of the values that there are, which can be offered to choose from. */
        public boolean isChosen() {
            return switch (this) {
                case ENVIRONMENT,
                        ENVIRONMENTS,
                        PLAYBOOK,
                        MODULE,
                        OPERATION,
                        COMMAND,
                        RUN,
                        HOSTS,
                        HOST,
                        TEMPLATE,
                        VERSION,
                        STATE,
                        TOPIC -> true;
                case TAGS, NUMBER, FLAG, TEXT, VARIABLES -> false;
            };
        }
    }

    /** How an option stands in a line of text. */
    public enum Written {
        /** By its place: {@code deploy production}. */
        WORD,
        /** {@code --limit web}, {@code --check}. */
        DASHES,
        /** {@code version=v1.2.3}. */
        EQUALS,
        /** The rest of the line as it is. */
        REST
    }

    static CommandOption word(String name, Type type, String help) {
        return new CommandOption(name, type, Written.WORD, true, help);
    }

    static CommandOption maybe(String name, Type type, String help) {
        return new CommandOption(name, type, Written.WORD, false, help);
    }

    static CommandOption dashes(String name, Type type, String help) {
        return new CommandOption(name, type, Written.DASHES, false, help);
    }

    static CommandOption equal(String name, Type type, String help) {
        return new CommandOption(name, type, Written.EQUALS, false, help);
    }

    static CommandOption rest(String name, String help) {
        return new CommandOption(name, Type.TEXT, Written.REST, true, help);
    }

    static CommandOption maybeRest(String name, String help) {
        return new CommandOption(name, Type.TEXT, Written.REST, false, help);
    }

    /** As it is written in the help. */
    public String usage() {
        var text = switch (written) {
            case WORD -> required ? "<" + name + ">" : name;
            case DASHES ->
                type == Type.FLAG
                        ? "--" + name
                        : "--" + name + " " + type.name().toLowerCase(java.util.Locale.ROOT);
            case EQUALS -> name + "=…";
            case REST -> required ? "<" + name + " …>" : name + " …";
        };
        return required ? text : "[" + text + "]";
    }
}
