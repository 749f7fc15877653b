package dev.playcall.chat.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "settings={\"a\":1} | settings={\"a\":1}",
                "settings={\"a\": [1, \"b c\"]} | settings={\"a\": [1, \"b c\"]}",
                "ports=[80,443] | ports=[80,443]",
                "{\"quote\":\"\\\"\"} | {\"quote\":\"\\\"\"}",
                "'settings={\"a\":1}' | settings={\"a\":1}",
                "settings='{\"a\":1}' | settings={\"a\":1}",
                "web[1:3] | web[1:3]",
                "reason=\"two words\" | reason=two words",
                "{a | {a",
            })
    void aJsonValueKeepsItsQuotes(String typed, String word) {
        assertThat(CommandWords.of(typed)).isEqualTo(new CommandWords.Split.Valid(List.of(word)));
    }

    @Test
    void aLineOfWordsIsReadAsTheseWordsAgain() {
        var words = List.of(
                "rollout", "play", "x", "--name", "Release v2", "", "a=it's", "b=say \"hi\" now", "c={\"a\": 1}");
        assertThat(CommandWords.line(words))
                .isEqualTo("rollout play x --name \"Release v2\" \"\" \"a=it's\" 'b=say \"hi\" now' c={\"a\": 1}");
        assertThat(CommandWords.of(CommandWords.line(words))).isEqualTo(new CommandWords.Split.Valid(words));
    }

    @Test
    void wordsAfterAJsonValueAreSeparate() {
        assertThat(CommandWords.of("play target prod settings={\"a\": 1} --check"))
                .isEqualTo(new CommandWords.Split.Valid(
                        List.of("play", "target", "prod", "settings={\"a\": 1}", "--check")));
    }
}
