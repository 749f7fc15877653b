package dev.playcall.catalog;

import dev.playcall.catalog.VariableSpec.Checked;
import dev.playcall.catalog.VariableSpec.Ok;
import dev.playcall.catalog.VariableSpec.Wrong;
import dev.playcall.domain.Nearest;
import dev.playcall.domain.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Checks one value against what its playbook says of it. */
final class VariableCheck {
    private static final int LONGEST = 4096;
    /** A pattern somebody wrote can take for ever on a long text; on a short one it cannot take long enough to matter. */
    private static final int LONGEST_PATTERNED = 256;

    private static final int MOST_ITEMS = 1000;
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

    private final VariableSpec spec;

    VariableCheck(VariableSpec spec) {
        this.spec = spec;
    }

    Checked check(Object raw) {
        return switch (spec.type()) {
            case BOOLEAN -> flag(raw);
            case INTEGER, NUMBER -> number(raw);
            case LIST -> items(raw);
            case TEXT, CHOICE, VERSION ->
                raw instanceof Collection<?> || raw instanceof java.util.Map<?, ?>
                        ? wrong("is one value, not several")
                        : text(String.valueOf(raw));
        };
    }

    private Checked flag(Object raw) {
        return switch (String.valueOf(raw).toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> new Ok(new Value.Flag(true));
            case "false", "no", "off", "0" -> new Ok(new Value.Flag(false));
            default -> wrong("\"" + shown(raw) + "\" is neither true nor false (try " + spec.name() + "=true)");
        };
    }

    private Checked number(Object raw) {
        var text = String.valueOf(raw).strip();
        boolean whole = spec.type() == VariableSpec.Type.INTEGER;
        if (!text.matches(whole ? "[+-]?\\d{1,18}" : "[+-]?\\d{1,18}(\\.\\d{1,18})?")) {
            return wrong("\"" + shown(raw) + "\" is not a " + (whole ? "whole number" : "number") + " (try "
                    + spec.name() + "=" + (whole ? "5" : "2.5") + ")");
        }
        return new Ok(new Value.Decimal(new BigDecimal(text)));
    }

    private Checked items(Object raw) {
        List<String> items = new ArrayList<>();
        if (raw instanceof Collection<?> list) {
            list.forEach(i -> items.add(String.valueOf(i)));
        } else {
            List.of(String.valueOf(raw).split(",", -1)).forEach(i -> items.add(i.strip()));
        }
        if (items.size() > MOST_ITEMS) {
            return wrong("has " + items.size() + " items, at most " + MOST_ITEMS + " are taken");
        }
        for (var item : items) {
            if (text(item) instanceof Wrong wrong) {
                return wrong;
            }
        }
        return new Ok(new Value.Items(items));
    }

    private Checked text(String text) {
        if (text.length() > LONGEST) {
            return wrong("has " + text.length() + " characters, at most " + LONGEST + " are taken");
        }
        if (CONTROL.matcher(text).find()) {
            return wrong("holds a control character");
        }
        if (!spec.choices().isEmpty() && !spec.choices().contains(text)) {
            var near = Nearest.of(text, spec.choices())
                    .map(n -> "; did you mean " + n + "?")
                    .orElse("");
            return wrong("\"" + shown(text) + "\" is not one of " + String.join(", ", spec.choices()) + near);
        }
        if (spec.type() == VariableSpec.Type.VERSION && !VERSION.matcher(text).matches()) {
            return wrong("\"" + shown(text) + "\" is not a version (letters, digits and . _ + - only, as in v1.2.3)");
        }
        return spec.pattern().map(p -> patterned(p, text)).orElseGet(() -> new Ok(new Value.Text(text)));
    }

    private Checked patterned(String pattern, String text) {
        if (text.length() > LONGEST_PATTERNED || !Pattern.matches(pattern, text)) {
            return wrong("\"" + shown(text) + "\" does not match " + pattern);
        }
        return new Ok(new Value.Text(text));
    }

    private static String shown(Object raw) {
        var text = CONTROL.matcher(String.valueOf(raw)).replaceAll("�");
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private Wrong wrong(String what) {
        return new Wrong(spec.name() + ": " + what);
    }
}
