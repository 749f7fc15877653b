package dev.playcall.catalog.variable;

import dev.playcall.catalog.variable.VariableSpec.Checked;
import dev.playcall.catalog.variable.VariableSpec.Invalid;
import dev.playcall.catalog.variable.VariableSpec.Ok;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.Suggestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks one value against what its playbook says of it. */
final class VariableCheck {
    private static final int LONGEST = 4096;
    private static final int LONGEST_PATTERNED = 256;
    private static final int MOST_ITEMS = 1000;
    private static final int MOST_DIGITS = 40;
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}");
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,18}(\\.[0-9]{1,18})?");

    private final VariableSpec spec;

    VariableCheck(VariableSpec spec) {
        this.spec = spec;
    }

    Checked check(@Nullable Object raw) {
        if (raw == null) {
            return wrong("has no value");
        }
        if (spec.required() && (raw.toString().isBlank() || raw.equals(List.of()))) {
            return wrong("is required and cannot be empty");
        }
        return switch (spec.type()) {
            case LIST -> items(raw);
            case BOOLEAN -> one(raw).map(this::flag).orElseGet(this::several);
            case INTEGER, NUMBER -> one(raw).map(this::number).orElseGet(this::several);
            case TEXT, CHOICE, VERSION -> one(raw).map(_ -> fromAny(raw)).orElseGet(this::several);
        };
    }

    /** A single value as text; empty for lists and mappings. */
    private static Optional<String> one(Object raw) {
        return switch (raw) {
            case Number n -> decimal(n).map(BigDecimal::toPlainString).or(() -> Optional.of("a huge number"));
            case CharSequence text -> Optional.of(text.toString());
            case Boolean flag -> Optional.of(flag.toString());
            default -> Optional.empty();
        };
    }

    /** Empty when writing the number out would take more digits than anybody means: 1e999999999. */
    private static Optional<BigDecimal> decimal(Number number) {
        try {
            return Optional.of(new BigDecimal(number.toString()))
                    .filter(d -> Math.abs((long) d.scale()) <= MOST_DIGITS && d.precision() <= MOST_DIGITS);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Invalid several() {
        return wrong("is one value, not several");
    }

    private Checked flag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> new Ok(new Value.Flag(true));
            case "false", "no", "off", "0" -> new Ok(new Value.Flag(false));
            default -> wrong(quoted(text) + " is neither true nor false (try " + spec.name() + "=true)");
        };
    }

    private Checked number(String written) {
        var text = written.strip();
        boolean whole = spec.type() == VariableSpec.Type.INTEGER;
        if (!(whole ? INTEGER : NUMBER).matcher(text).matches()) {
            return wrong(quoted(written) + " is not a " + (whole ? "whole number" : "number") + " (try " + spec.name()
                    + "=" + (whole ? "5" : "2.5") + ")");
        }
        return new Ok(new Value.Decimal(new BigDecimal(text)));
    }

    private Checked items(Object raw) {
        var items = new ArrayList<String>();
        int length = 0;
        for (Object part : parts(raw)) {
            if (!(part instanceof String || part instanceof Boolean || part instanceof Number)) {
                return wrong("is a list of texts, and one of them is none");
            }
            if (!(fromAny(part) instanceof Ok(Value.Text(var item)))) {
                return fromAny(part);
            }
            items.add(item);
            length += item.length();
            if (items.size() > MOST_ITEMS || length > LONGEST * 16) {
                return wrong("is too long a list (at most " + MOST_ITEMS + " items)");
            }
        }
        return new Ok(new Value.Items(items));
    }

    private static Collection<?> parts(Object raw) {
        return switch (raw) {
            case Collection<?> list -> list;
            case String text when text.isBlank() -> List.of();
            case String text ->
                List.of(text.split(",", -1)).stream().map(String::strip).toList();
            case Map<?, ?> map -> List.of(map);
            default -> List.of(raw);
        };
    }

    /** A number with a fraction is not taken as text: 1.10 came as 1.1, and that would be another version. */
    private Checked fromAny(Object raw) {
        boolean fraction =
                raw instanceof Number && !INTEGER.matcher(raw.toString()).matches();
        return fraction ? wrong("came as the number " + quoted(raw) + " (put it in quotes)") : text(raw.toString());
    }

    private Checked text(String text) {
        if (text.length() > LONGEST) {
            return wrong("has " + text.length() + " characters, at most " + LONGEST + " are taken");
        }
        if (Sanitized.INVISIBLE.matcher(text).find()) {
            return wrong("holds a control character");
        }
        if (!spec.choices().isEmpty() && !spec.choices().contains(text)) {
            var near = Suggestion.of(text, spec.choices())
                    .map(n -> "; did you mean " + n + "?")
                    .orElse("");
            return wrong(quoted(text) + " is not one of " + String.join(", ", spec.choices()) + near);
        }
        if (spec.type() == VariableSpec.Type.VERSION && !VERSION.matcher(text).matches()) {
            return wrong(quoted(text) + " is not a version (letters, digits and . _ + - only, as in v1.2.3)");
        }
        return spec.pattern().map(p -> patterned(p, text)).orElseGet(() -> new Ok(new Value.Text(text)));
    }

    private Checked patterned(String pattern, String text) {
        if (text.length() > LONGEST_PATTERNED) {
            return wrong("has " + text.length() + " characters, at most " + LONGEST_PATTERNED + " are taken");
        }
        try {
            return Pattern.compile(pattern).matcher(new BoundedText(text)).matches()
                    ? new Ok(new Value.Text(text))
                    : wrong(quoted(text) + " does not match " + pattern);
        } catch (BoundedText.TooManyException e) {
            return wrong(quoted(text) + " cannot be held against " + pattern + " in reasonable time");
        }
    }

    private static String quoted(Object raw) {
        return "\"" + Sanitized.of(raw, 80) + "\"";
    }

    /** A secret is not repeated, not even when it is wrong. */
    private Invalid wrong(String what) {
        return new Invalid(spec.name() + ": " + (spec.secret() ? "is not a value it can have" : what));
    }
}
