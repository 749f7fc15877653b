package dev.playcall.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;

/** Lists of texts as they are kept: a JSON array. */
final class TextList {
    private TextList() {}

    static String write(List<String> texts) {
        return EventJson.JSON.valueToTree(texts).toString();
    }

    static List<String> read(String json) {
        try {
            return EventJson.JSON.readValue(json, new TypeReference<List<String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a list of texts: " + json, e);
        }
    }
}
