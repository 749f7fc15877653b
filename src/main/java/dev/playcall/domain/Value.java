package dev.playcall.domain;

import java.math.BigDecimal;
import java.util.List;

/** Value of a playbook variable: data, never a template. */
public sealed interface Value {

    /** Text, handed to Ansible as unsafe text, so that braces in it stay braces. */
    record Text(String text) implements Value {}

    record Decimal(BigDecimal number) implements Value {}

    record Flag(boolean flag) implements Value {}

    record Items(List<String> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }
    }

    /**
     * A value nobody sees: only where it is kept. It is opened when the run starts.
     *
     * @param ref {@code production/db_password}, or the name of one that was given for this run alone
     */
    record Secret(String ref, Usage usage) implements Value {

        /** How Ansible gets it. */
        public enum Usage {
            /** As an extra variable, from a file that is gone after the run. */
            VARIABLE,
            /** In the environment of the process. */
            ENVIRONMENT
        }

        public Secret by(Usage other) {
            return new Secret(ref, other);
        }
    }

    /** The value as people write it. */
    default String display() {
        return switch (this) {
            case Text(var text) -> text;
            case Decimal(var number) -> number.toPlainString();
            case Flag(var flag) -> Boolean.toString(flag);
            case Items(var items) -> String.join(",", items);
            case Secret _ -> "[secret]";
        };
    }
}
