package dev.playcall.notify.inbound;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The JSON of a post: its body, or the field {@code payload} of a form, which is how GitHub posts unless told otherwise. */
sealed interface PostedJson {
    record Valid(JsonNode json) implements PostedJson {}

    /** @param why in one line */
    record Invalid(String why) implements PostedJson {}

    ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(50).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    String FIELD = "payload=";

    /** @param headers with names in any case */
    static PostedJson of(Map<String, String> headers, byte[] body) {
        var type = Optional.ofNullable(headers.get("Content-Type")).orElse("").toLowerCase(Locale.ROOT);
        boolean form = type.startsWith("application/x-www-form-urlencoded");
        if (form && startsAsField(body)) {
            return payload(new String(body, StandardCharsets.UTF_8));
        }
        return switch (read(body)) {
            case Valid good -> good;
            case Invalid(var why) ->
                new Invalid(
                        form && !startsAsJson(body)
                                ? "the form has no field payload; choose application/json as the content type of the"
                                        + " webhook"
                                : why);
        };
    }

    /** What sends JSON without a word about its type is often said to be a form, so the body decides. */
    private static boolean startsAsField(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        return !startsAsJson(body) && (text.startsWith(FIELD) || text.contains("&" + FIELD));
    }

    private static boolean startsAsJson(byte[] body) {
        var text = new String(body, 0, Math.min(body.length, 100), StandardCharsets.UTF_8).strip();
        return text.startsWith("{") || text.startsWith("[");
    }

    private static PostedJson payload(String form) {
        var field = Arrays.stream(form.split("&", -1))
                .filter(f -> f.startsWith(FIELD))
                .findFirst()
                .orElse(FIELD);
        try {
            return read(URLDecoder.decode(field.substring(FIELD.length()), StandardCharsets.UTF_8)
                    .getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return new Invalid("the field payload of the form is not URL-encoded");
        }
    }

    private static PostedJson read(byte[] body) {
        try {
            var json = JSON.readTree(body);
            return json.isMissingNode() ? new Invalid("the body is empty; send JSON") : new Valid(json);
        } catch (JsonProcessingException e) {
            var why = e.getOriginalMessage();
            var name = why.replaceFirst("(?s)^Duplicate field '(.{0,60}).*'$", "$1");
            return new Invalid(
                    name.equals(why) ? "the body is not JSON: " + why : "\"" + name + "\" is given twice in an object");
        } catch (IOException e) {
            return new Invalid("the body cannot be read");
        }
    }
}
