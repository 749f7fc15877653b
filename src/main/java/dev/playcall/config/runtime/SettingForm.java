package dev.playcall.config.runtime;

import java.util.List;

/** How somebody is asked for the value of a setting. */
public sealed interface SettingForm {
    SettingForm YES_OR_NO = new Choice(List.of("true", "false"));

    record Count(long least, long most) implements SettingForm {}

    /** One of these, and nothing else. */
    record Choice(List<String> words) implements SettingForm {
        public Choice {
            words = List.copyOf(words);
        }
    }

    /**
     * Something that is written.
     *
     * @param usual values that people often want
     */
    record Text(List<String> usual) implements SettingForm {
        public Text {
            usual = List.copyOf(usual);
        }
    }

    static SettingForm text(String... usual) {
        return new Text(List.of(usual));
    }
}
