package dev.playcall.store.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;

/** Lists of texts as they are kept: a JSON array. */
public final class TextList {
    private TextList() {}

    public static String write(List<String> texts) {
        return RunEventJson.JSON.valueToTree(texts).toString();
    }

    public static List<String> read(String json) {
        try {
            return RunEventJson.JSON.readValue(json, new TypeReference<List<String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a list of texts: " + json, e);
        }
    }
}
