package dev.playcall.web.pages;

import java.util.List;

/**
 * One variable of a form.
 *
 * @param kind how it is asked: text, number, flag, choice or secret
 * @param usual what is taken when nothing is written
 * @param pattern what it has to look like, empty when anything will do
 */
public record Field(
        String name,
        String kind,
        String description,
        List<String> choices,
        String usual,
        String pattern,
        boolean required) {
    public Field {
        choices = List.copyOf(choices);
    }
}
