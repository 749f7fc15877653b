package dev.playcall.web.start;

import java.util.List;

/**
 * One variable of a form.
 *
 * @param kind how it is asked: text, lines, number, flag, choice or secret
 * @param choices those that there are; of a text those that are proposed
 * @param live which versions there are now, empty for what is no version
 * @param usual what stands in it: what was written, else what is taken when nothing is
 * @param pattern what it has to look like, empty when anything will do
 * @param wrong what is wrong with what was written, empty when nothing is
 */
record FormField(
        String name,
        String kind,
        String description,
        List<String> choices,
        String live,
        String usual,
        String pattern,
        boolean required,
        String wrong) {
    public FormField {
        choices = List.copyOf(choices);
    }
}
