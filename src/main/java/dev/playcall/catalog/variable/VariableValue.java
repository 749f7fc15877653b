package dev.playcall.catalog.variable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Values that people give to variables of hosts and groups. They are data: a template would be executed on the controller, and a
 * variable of the connection decides what is executed.
 */
public final class VariableValue {
    private static final Set<String> CONNECTION = Set.of("ansible_host", "ansible_port", "ansible_user");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._:-]*");
    private static final Pattern NO_DATA = Pattern.compile("(?s).*(\\{\\{|\\{%|\\{#|\\p{Cntrl}).*");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9._/-]*|\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern WORD = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");
    private static final int LONGEST = 200;
    private static final int LONGEST_STRUCTURE = 4000;

    private VariableValue() {}

    /** Why a host or a group cannot be given this variable, one line that begins with its name. */
    public static Optional<String> refusal(String name, Object value) {
        boolean connection = CONNECTION.contains(name);
        var wrong = connection ? Optional.<String>empty() : VariableNames.refusal(name);
        if (wrong.isPresent()) {
            return Optional.of(name + " " + wrong.get());
        }
        if (connection && !ADDRESS.matcher(value.toString()).matches()) {
            return Optional.of("\"" + Sanitized.of(value.toString(), 60) + "\" is not possible for " + name);
        }
        boolean structure = value instanceof Collection<?> || value instanceof Map<?, ?>;
        if (!isData(value) || yaml(value).length() > (structure ? LONGEST_STRUCTURE : LONGEST + 2)) {
            return Optional.of("the value of " + name + " may have " + (structure ? LONGEST_STRUCTURE : LONGEST)
                    + " characters, and no template and no line break: it is data");
        }
        return Optional.empty();
    }

    private static boolean isData(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .allMatch(e -> isData(e.getKey())
                                && isData(e.getValue())
                                && !e.getKey().toString().startsWith("__ansible"));
            case Collection<?> list -> list.stream().allMatch(VariableValue::isData);
            case String text -> !NO_DATA.matcher(text).matches();
            default -> true;
        };
    }

    /** As it is written in YAML, on one line. A text stays a text: {@code "8080"}, {@code "yes"}. */
    public static String yaml(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(e -> scalar(e.getKey().toString()) + ": " + yaml(e.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Collection<?> list ->
                list.stream().map(VariableValue::yaml).collect(Collectors.joining(", ", "[", "]"));
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            default -> scalar(value.toString());
        };
    }

    private static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORD.matcher(text).matches();
        return plain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** A value as it is typed in a command: a whole number and true or false are that, everything else is a text. */
    public static Object typed(String word) {
        if (word.matches("0|-?[1-9]\\d{0,8}")) {
            return Long.valueOf(word);
        }
        return List.of("true", "false").contains(word) ? (Object) Boolean.valueOf(word) : word;
    }
}
