package dev.playcall.config.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** What PyYAML takes an unquoted word for; its rules differ in places from those of SnakeYAML ({@code 1e3} is a text). */
final class PlainScalar {
    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern TRUE = Pattern.compile("yes|Yes|YES|true|True|TRUE|on|On|ON");
    private static final Pattern FALSE = Pattern.compile("no|No|NO|false|False|FALSE|off|Off|OFF");
    private static final Pattern BINARY = Pattern.compile("[-+]?0b[01_]+");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_]+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(?:0|[1-9][0-9_]*)");
    private static final Pattern HEXADECIMAL = Pattern.compile("[-+]?0x[0-9a-fA-F_]+");
    private static final Pattern MINUTES = Pattern.compile("[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(?:[0-9][0-9_]*)\\.[0-9_]*(?:[eE][-+][0-9]+)?|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?");
    private static final Pattern FLOAT_MINUTES = Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*");
    private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)");
    private static final Pattern NO_NUMBER = Pattern.compile("\\.(?:nan|NaN|NAN)");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME =
            Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
                    + "(?:\\.[0-9]*)?(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?");

    private PlainScalar() {}

    static String canonical(String text) {
        if (NULL.matcher(text).matches()) {
            return "null";
        }
        if (TRUE.matcher(text).matches()) {
            return "true";
        }
        if (FALSE.matcher(text).matches()) {
            return "false";
        }
        if (DAY.matcher(text).matches() || TIME.matcher(text).matches()) {
            return "time " + CanonicalYaml.quoted(text);
        }
        return numeric(text);
    }

    private static String numeric(String text) {
        var digits = text.replace("_", "").replaceFirst("^[+-]", "");
        boolean negative = text.startsWith("-");
        if (BINARY.matcher(text).matches()) {
            return whole(digits.substring(2), 2, negative);
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return whole(digits.substring(2), 16, negative);
        }
        if (OCTAL.matcher(text).matches()) {
            return whole(digits, 8, negative);
        }
        if (DECIMAL.matcher(text).matches()) {
            return whole(digits, 10, negative);
        }
        if (MINUTES.matcher(text).matches() || FLOAT_MINUTES.matcher(text).matches()) {
            return sexagesimal(digits, negative);
        }
        return fraction(text, digits, negative);
    }

    private static String fraction(String text, String digits, boolean negative) {
        if (FLOAT.matcher(text).matches() && !digits.equals(".")) {
            var number = new BigDecimal(digits.startsWith(".") ? "0" + digits : digits);
            return CanonicalYaml.number(negative ? number.negate() : number);
        }
        if (INFINITE.matcher(text).matches()) {
            return (negative ? "-" : "") + "infinite";
        }
        return NO_NUMBER.matcher(text).matches() ? "not-a-number" : CanonicalYaml.quoted(text);
    }

    /** {@code 1:30} is 90. */
    private static String sexagesimal(String digits, boolean negative) {
        var sum = BigDecimal.ZERO;
        for (var part : digits.split(":", -1)) {
            sum = sum.multiply(BigDecimal.valueOf(60)).add(new BigDecimal(part.endsWith(".") ? part + "0" : part));
        }
        var number = negative ? sum.negate() : sum;
        return digits.contains(".") ? CanonicalYaml.number(number) : CanonicalYaml.number(number.toBigIntegerExact());
    }

    private static String whole(String digits, int base, boolean negative) {
        var number = new BigInteger(digits.isEmpty() ? "0" : digits.toLowerCase(Locale.ROOT), base);
        return CanonicalYaml.number(negative ? number.negate() : number);
    }
}
