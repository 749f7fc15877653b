package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** Holds buttons, menus and inputs against Slack's rules. */
record ElementCheck(Findings found) {
    private static final Set<String> MENUS = Set.of(
            "static_select",
            "external_select",
            "users_select",
            "conversations_select",
            "channels_select",
            "multi_static_select",
            "multi_external_select",
            "multi_users_select",
            "multi_conversations_select",
            "multi_channels_select");
    private static final Set<String> CHOICES = Set.of("checkboxes", "radio_buttons", "overflow");
    private static final Set<String> TYPED = Set.of(
            "plain_text_input",
            "number_input",
            "email_text_input",
            "url_text_input",
            "datepicker",
            "timepicker",
            "datetimepicker",
            "rich_text_input",
            "file_input");
    /** Only an input block can hold these. */
    private static final Set<String> INPUT_ONLY = Set.of(
            "plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input", "file_input");

    void element(JsonNode e, String place, boolean input) {
        var type = e.path("type").asText();
        if (INPUT_ONLY.contains(type) && !input) {
            found.add("unsupported type: " + type, place + "/type");
        } else if (type.equals("button") && !input) {
            button(e, place);
        } else if (MENUS.contains(type)) {
            menu(e, type, place);
        } else if (CHOICES.contains(type)) {
            options(e.path("options"), place + "/options", type.equals("overflow") ? 5 : 10);
        } else if (TYPED.contains(type)) {
            found.text(e.path("placeholder"), place + "/placeholder", 150, true);
        } else {
            found.add("unsupported type: " + type, place + "/type");
        }
        if (!e.path("action_id").isMissingNode()) {
            found.length(e.path("action_id"), place + "/action_id", 1, 255);
        }
        confirm(e.path("confirm"), place + "/confirm");
    }

    private void button(JsonNode e, String place) {
        found.fields(
                e,
                place,
                Set.of("type", "text"),
                Set.of("action_id", "value", "url", "style", "confirm", "accessibility_label"));
        found.text(e.path("text"), place + "/text", 75, true);
        found.length(e.path("value"), place + "/value", 1, 2000);
        found.length(e.path("url"), place + "/url", 1, 3000);
        found.length(e.path("accessibility_label"), place + "/accessibility_label", 1, 75);
        if (e.has("style")
                && !Set.of("primary", "danger").contains(e.path("style").asText())) {
            found.add("must be a valid enum value", place + "/style");
        }
    }

    private void menu(JsonNode e, String type, String place) {
        found.text(e.path("placeholder"), place + "/placeholder", 150, true);
        if (!type.endsWith("static_select")) {
            return;
        }
        if (e.has("options") == e.has("option_groups")) {
            found.add("must provide exactly one of options and option_groups", place);
        }
        options(e.path("options"), place + "/options", 100);
        found.count(e.path("option_groups"), place + "/option_groups", 1, 100);
        int at = 0;
        for (var group : e.path("option_groups")) {
            var here = place + "/option_groups/" + at++;
            found.text(group.path("label"), here + "/label", 75, true);
            options(group.path("options"), here + "/options", 100);
        }
    }

    void options(JsonNode options, String place, int most) {
        found.count(options, place, 1, most);
        var values = new HashSet<String>();
        int at = 0;
        for (var option : options) {
            var here = place + "/" + at++;
            found.fields(option, here, Set.of("text", "value"), Set.of("description", "url"));
            found.text(option.path("text"), here + "/text", 75, false);
            found.length(option.path("value"), here + "/value", 1, 150);
            found.text(option.path("description"), here + "/description", 75, false);
            if (!values.add(option.path("value").asText())) {
                found.add("duplicate option value", here + "/value");
            }
        }
    }

    private void confirm(JsonNode c, String place) {
        if (c.isMissingNode()) {
            return;
        }
        found.fields(c, place, Set.of("title", "text", "confirm", "deny"), Set.of("style"));
        found.text(c.path("title"), place + "/title", 100, true);
        found.text(c.path("text"), place + "/text", 300, false);
        found.text(c.path("confirm"), place + "/confirm", 30, true);
        found.text(c.path("deny"), place + "/deny", 30, true);
    }
}
