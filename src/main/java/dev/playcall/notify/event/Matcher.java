package dev.playcall.notify.event;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;
import java.util.Optional;

/**
 * A condition on one label, written as in Alertmanager: {@code environment="production"}, {@code job!="x"},
 * {@code host=~"web-.*"}, {@code host!~"db.*"}; {@code severity>=error} compares severities. A label that is not there
 * is empty. Regular expressions match the whole value and take linear time.
 */
public final class Matcher {
    private static final java.util.regex.Pattern FORM =
            java.util.regex.Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_.-]{0,99})\\s*(=~|!~|!=|>=|=)\\s*(.*?)\\s*");
    private static final int LONGEST = 500;

    private final String text;
    private final String label;
    private final Test test;

    private interface Test {
        boolean matches(String value);
    }

    private Matcher(String text, String label, Test test) {
        this.text = text;
        this.label = label;
        this.test = test;
    }

    /** What was understood, or one line that says what is wrong with it. */
    public sealed interface Parsed {
        record Valid(Matcher matcher) implements Parsed {}

        record Invalid(String why) implements Parsed {}
    }

    public static Parsed parse(String text) {
        var form = FORM.matcher(text);
        if (text.length() > LONGEST || !form.matches()) {
            return new Parsed.Invalid(
                    "is no condition (try environment=\"production\", host=~\"web-.*\", severity>=error)");
        }
        var label = form.group(1);
        var value = unquoted(form.group(3));
        return switch (form.group(2)) {
            case "=" -> new Parsed.Valid(new Matcher(text.strip(), label, value::equals));
            case "!=" -> new Parsed.Valid(new Matcher(text.strip(), label, v -> !v.equals(value)));
            case ">=" -> atLeast(text.strip(), label, value);
            case "=~" -> regular(text.strip(), label, value, true);
            default -> regular(text.strip(), label, value, false);
        };
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replace("\\\"", "\"") : value;
    }

    private static Parsed atLeast(String text, String label, String value) {
        var least = Severity.of(value);
        if (!label.equals("severity") || least.isEmpty()) {
            return new Parsed.Invalid(">= is for severities: severity>=info, warning, error or critical");
        }
        return new Parsed.Valid(new Matcher(
                text,
                label,
                v -> Severity.of(v).filter(s -> s.compareTo(least.get()) >= 0).isPresent()));
    }

    private static Parsed regular(String text, String label, String value, boolean wanted) {
        try {
            var pattern = Pattern.compile(value);
            return new Parsed.Valid(new Matcher(text, label, v -> pattern.matches(v) == wanted));
        } catch (PatternSyntaxException e) {
            return new Parsed.Invalid("\"" + value + "\" is no regular expression: " + e.getDescription());
        }
    }

    /** Whether these labels meet the condition. */
    public boolean matches(Map<String, String> labels) {
        return test.matches(Optional.ofNullable(labels.get(label)).orElse(""));
    }

    @Override
    public String toString() {
        return text;
    }
}
