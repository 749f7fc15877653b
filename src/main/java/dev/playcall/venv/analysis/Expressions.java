package dev.playcall.venv.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the filters, tests and lookups that Jinja expressions name. Nothing is evaluated. */
final class Expressions {
    private static final Pattern EXPRESSION = Pattern.compile("\\{\\{(.*?)}}|\\{%(.*?)%}", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\""
            + "|[A-Za-z_]\\w*(?:\\s*\\.\\s*[A-Za-z_]\\w*)*|[0-9.]+|\\S");
    private static final Set<String> LOOKUPS = Set.of("lookup", "query", "q");

    private final PluginUses uses;

    Expressions(PluginUses uses) {
        this.uses = uses;
    }

    /** Of a text with expressions in braces. */
    void template(String text, String place) {
        if (!text.contains("{{") && !text.contains("{%")) {
            return;
        }
        var found = EXPRESSION.matcher(text);
        while (found.find()) {
            expression(found.group(1) == null ? found.group(2) : found.group(1), place);
        }
    }

    /** Of a text that is an expression as a whole, as {@code when} has it. */
    void condition(String text, String place) {
        expression(text, place);
        template(text, place);
    }

    private void expression(String text, String place) {
        var tokens = tokens(text);
        for (int i = 0; i + 1 < tokens.size(); i++) {
            var token = tokens.get(i);
            if (token.equals("|") && isName(tokens.get(i + 1))) {
                uses.plugin(PluginKind.FILTER, tokens.get(i + 1), place);
            } else if (token.equals("is")) {
                test(tokens, i + 1, place);
            } else if (LOOKUPS.contains(token) && tokens.get(i + 1).equals("(")) {
                lookup(tokens, i + 2, place);
            }
        }
    }

    private void test(List<String> tokens, int at, String place) {
        int name = tokens.get(at).equals("not") ? at + 1 : at;
        if (name < tokens.size() && isName(tokens.get(name))) {
            uses.plugin(PluginKind.TEST, tokens.get(name), place);
        }
    }

    private void lookup(List<String> tokens, int at, String place) {
        if (at >= tokens.size()) {
            return;
        }
        var name = tokens.get(at);
        if (name.startsWith("'") || name.startsWith("\"")) {
            uses.plugin(PluginKind.LOOKUP, name.substring(1, name.length() - 1), place);
        } else {
            uses.unknown(place, "the name of a lookup is computed (" + name + ")");
        }
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            tokens.add(isName(token.group()) ? token.group().replaceAll("\\s+", "") : token.group());
        }
        return tokens;
    }

    private static boolean isName(String token) {
        return Character.isLetter(token.charAt(0)) || token.charAt(0) == '_';
    }
}
