package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Who is notified by a text, given what the sender allows. */
final class MentionScan {
    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`\n]*`", Pattern.DOTALL);
    private static final Pattern WHO = Pattern.compile("<@!?(\\d+)>|<@&(\\d+)>|@(everyone|here)");

    private MentionScan() {}

    static List<String> in(String text, JsonNode allowed, boolean interaction) {
        List<String> found = new ArrayList<>();
        var matcher = WHO.matcher(CODE.matcher(text).replaceAll(""));
        while (matcher.find()) {
            if (matcher.group(1) != null && allows(allowed, "users", matcher.group(1))) {
                found.add(matcher.group(1));
            } else if (matcher.group(2) != null
                    && !quiet(allowed, interaction)
                    && allows(allowed, "roles", matcher.group(2))) {
                found.add(matcher.group(2));
            } else if (matcher.group(3) != null && !quiet(allowed, interaction) && allows(allowed, "everyone", "")) {
                found.add("everyone");
            }
        }
        return found;
    }

    /** Answers to interactions notify only single people unless they ask for more. */
    private static boolean quiet(JsonNode allowed, boolean interaction) {
        return allowed.isMissingNode() && interaction;
    }

    private static boolean allows(JsonNode allowed, String kind, String id) {
        return allowed.isMissingNode() || contains(allowed.path("parse"), kind) || contains(allowed.path(kind), id);
    }

    private static boolean contains(JsonNode list, String value) {
        return Json.list(list).stream().anyMatch(n -> n.asText().equals(value));
    }
}
