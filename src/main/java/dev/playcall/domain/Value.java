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

    /** The value as people write it. */
    default String display() {
        return switch (this) {
            case Text(var text) -> text;
            case Decimal(var number) -> number.toPlainString();
            case Flag(var flag) -> Boolean.toString(flag);
            case Items(var items) -> String.join(",", items);
        };
    }
}
