package dev.playcall.chat.command;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;

/** Finds JSON objects and lists in a line of text. */
final class JsonValue {
    private static final JsonFactory JSON = new JsonFactory();

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
}
