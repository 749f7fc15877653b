package dev.playcall.chat.conversation;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.security.secret.SecretService;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds lines that have a secret in them, whether they can be understood or not; rather one too many. */
record SecretWords(Catalog catalog, SecretService vault) {
    private static final Pattern NAME = Pattern.compile("pass|secret|token|key|credential");

    boolean areIn(String line) {
        var words = List.of(line.replace('"', ' ').replace('\'', ' ').strip().split("\\s+"));
        return vault.knows(line) || isAboutSecrets(words) || words.stream().anyMatch(this::isPair);
    }

    private static boolean isAboutSecrets(List<String> words) {
        return words.stream()
                .findFirst()
                .filter(w -> w.equals("secret") || w.equals("/secret"))
                .isPresent();
    }

    private boolean isPair(String word) {
        int equals = word.indexOf('=');
        if (equals < 1) {
            return false;
        }
        var name = word.substring(0, equals);
        return NAME.matcher(name.toLowerCase(Locale.ROOT)).find()
                || variables().anyMatch(v -> v.secret() && v.name().equals(name));
    }

    private Stream<VariableSpec> variables() {
        return Stream.concat(
                catalog.playbooks().values().stream().flatMap(p -> p.variables().stream()),
                catalog.operations().values().stream().flatMap(o -> o.variables().stream()));
    }
}
