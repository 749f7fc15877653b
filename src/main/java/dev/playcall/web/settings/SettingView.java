package dev.playcall.web.settings;

import java.util.List;

/**
 * One setting, and the form that changes it.
 *
 * @param help what it is
 * @param range what it may be, in words
 * @param now what it is, as one writes it
 * @param otherwise what it would be if nobody had set it here
 * @param origin where that is said
 * @param by who set it, empty when nobody did
 * @param typed what stands in the field
 * @param reason what was written as the reason
 * @param wrong what is wrong with it, empty when nothing is
 * @param back the page it belongs to
 */
record SettingView(
        String key,
        String help,
        String range,
        Input input,
        String now,
        String otherwise,
        String origin,
        String by,
        String typed,
        String reason,
        String wrong,
        List<RecentAction> changes,
        String back) {
    public SettingView {
        changes = List.copyOf(changes);
    }

    /** Whether it was set here. */
    public boolean isSet() {
        return !by.isEmpty();
    }

    /**
     * The field.
     *
     * @param kind {@code number}, {@code choice} or {@code text}
     * @param words what there is to choose from, or what people often want
     * @param least and {@code most} of a number
     */
    public record Input(String kind, List<String> words, String least, String most) {
        public Input {
            words = List.copyOf(words);
        }
    }

    /** As people read it who do not write files. */
    public static String display(String value) {
        return switch (value) {
            case "" -> "empty";
            case "true" -> "yes";
            case "false" -> "no";
            default -> value;
        };
    }
}
