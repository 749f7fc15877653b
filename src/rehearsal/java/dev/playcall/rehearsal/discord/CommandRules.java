package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What Discord refuses in the registration of commands. */
final class CommandRules {
    private static final Pattern NAME = Pattern.compile("^[-_'\\p{L}\\p{N}\\p{IsDevanagari}\\p{IsThai}]{1,32}$");
    private final Flaws flaws = new Flaws();
    private int size;

    static void all(JsonNode commands) {
        var rules = new CommandRules();
        if (!commands.isArray()) {
            rules.flaws.add("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        }
        if (commands.size() > 100) {
            throw Refusal.of(400, 30032, "Maximum number of application commands reached (100)");
        }
        Set<String> names = new HashSet<>();
        for (var i = 0; i < commands.size(); i++) {
            rules.command(commands.get(i), Integer.toString(i));
            if (!names.add(commands.get(i).path("type").asInt(1)
                    + commands.get(i).path("name").asText())) {
                rules.flaws.add(
                        Integer.toString(i),
                        "APPLICATION_COMMANDS_DUPLICATE_NAME",
                        "Application command names must be unique");
            }
        }
        rules.flaws.refuseIfAny();
    }

    static void one(JsonNode command) {
        var rules = new CommandRules();
        rules.command(command, "");
        rules.flaws.refuseIfAny();
    }

    private void command(JsonNode command, String path) {
        size = 0;
        if (command.path("type").asInt(1) == 1) {
            named(command, path);
            options(command.path("options"), path, 0);
        } else {
            flaws.between(command.path("name"), 1, 32, under(path, "name"));
        }
        if (size > 8000) {
            flaws.add(path, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)");
        }
    }

    private void named(JsonNode thing, String path) {
        var name = thing.path("name").asText("");
        if (!NAME.matcher(name).matches() || !name.equals(name.toLowerCase(java.util.Locale.ROOT))) {
            flaws.add(under(path, "name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
        }
        flaws.between(thing.path("description"), 1, 100, under(path, "description"));
        size += name.length() + Flaws.length(thing.path("description"));
    }

    private void options(JsonNode options, String path, int depth) {
        flaws.count(options, 25, under(path, "options"));
        Set<String> names = new HashSet<>();
        var optionalSeen = false;
        var nested = 0;
        for (var i = 0; i < options.size(); i++) {
            var option = options.get(i);
            var at = under(path, "options." + i);
            var type = option.path("type").asInt();
            nested += type <= 2 ? 1 : 0;
            if (!names.add(option.path("name").asText())) {
                flaws.add(at, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists");
            }
            if (type > 2 && optionalSeen && option.path("required").asBoolean()) {
                flaws.add(
                        at,
                        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                        "Required options must be placed before non-required options");
            }
            optionalSeen |= type > 2 && !option.path("required").asBoolean();
            option(option, at, depth);
        }
        if (nested > 0 && nested < options.size()) {
            flaws.add(
                    path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-commands and other options cannot be mixed");
        }
    }

    private void option(JsonNode option, String path, int depth) {
        named(option, path);
        var type = option.path("type").asInt();
        var nestedWrongly = (type == 2 && depth > 0) || (type == 1 && depth % 2 == 1);
        if (type < 1 || type > 11 || nestedWrongly) {
            flaws.add(
                    under(path, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Option type is not allowed here");
        }
        if (type <= 2) {
            options(option.path("options"), path, depth + type);
            return;
        }
        choices(option, path);
        if (option.path("autocomplete").asBoolean() && (!option.path("choices").isEmpty() || !isTyped(type))) {
            flaws.add(
                    under(path, "autocomplete"),
                    "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
                    "Autocomplete needs a typed option without choices");
        }
    }

    private static boolean isTyped(int type) {
        return type == 3 || type == 4 || type == 10;
    }

    private void choices(JsonNode option, String path) {
        var choices = option.path("choices");
        flaws.count(choices, 25, under(path, "choices"));
        Set<String> names = new HashSet<>();
        for (var i = 0; i < choices.size(); i++) {
            var at = under(path, "choices." + i);
            var choice = choices.get(i);
            flaws.between(choice.path("name"), 1, 100, at + ".name");
            flaws.atMost(choice.path("value"), 100, at + ".value");
            size += Flaws.length(choice.path("name"))
                    + choice.path("value").asText().length();
            if (!names.add(choice.path("name").asText())) {
                flaws.add(at, "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS", "Choice name already exists");
            }
        }
    }

    private static String under(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
