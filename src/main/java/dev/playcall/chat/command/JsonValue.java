package dev.playcall.chat.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.catalog.variable.VariableValue;
import java.io.IOException;

/** Finds JSON objects and lists in a line of text. */
final class JsonValue {
    private static final JsonFactory JSON = new JsonFactory();

    private static final ObjectMapper MAPPER = new ObjectMapper(JSON);

    private JsonValue() {}

    /** The index behind the object or list that begins at {@code from}; {@code from} itself when none does. */
    static int end(String line, int from) {
        try (var parser = JSON.createParser(line.substring(from))) {
            int depth = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd() && --depth == 0) {
                    return from + (int) parser.currentLocation().getCharOffset();
                }
            }
            return from;
        } catch (IOException e) {
            return from; // Not JSON: an ordinary word.
        }
    }

    /** The value of a word: a JSON object, list or text is that, everything else as {@link VariableValue#typed}. */
    static Object read(String word) {
        if (word.isEmpty() || "[{\"".indexOf(word.charAt(0)) < 0) {
            return VariableValue.typed(word);
        }
        try {
            var value = MAPPER.readValue(word, Object.class);
            return value == null ? word : value;
        } catch (IOException e) {
            return word; // Not JSON: an ordinary text.
        }
    }
}
