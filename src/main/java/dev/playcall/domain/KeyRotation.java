package dev.playcall.domain;

import dev.playcall.domain.name.Operation;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.StringTokenizer;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The run that gives hosts another ssh key: its playbook is written for it, and this is what it is told.
 *
 * @param secret what keeps the present key, {@code production/deploy}
 * @param newName name of the secret, in the same scope, that keeps the new one until the run has succeeded
 * @param newKey the new public key as one line
 * @param presentKeys the public keys that are replaced
 * @param leftovers names of secrets that earlier rotations left, whose keys are replaced too
 */
public record KeyRotation(
        String secret, String newName, String newKey, List<String> presentKeys, List<String> leftovers) {
    /** The operation of such a run, where it names no playbook. */
    public static final Operation OPERATION = new Operation("rotate-key");

    /** The task that fails where the new key could not be removed again. */
    public static final String UNDO = "Remove the new key again";

    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final Duration FOR_EACH_HOST = Duration.ofSeconds(10);

    public KeyRotation {
        presentKeys = List.copyOf(presentKeys);
        leftovers = List.copyOf(leftovers);
    }

    /** Whether a request is one, and not of an operation of the same name that has a playbook. */
    public static boolean is(RunRequest request) {
        return request.playbook().isEmpty() && request.operation().equals(OPERATION);
    }

    /** What such a request was made of; empty for any other. */
    public static Optional<KeyRotation> of(RunRequest request) {
        if (!is(request)) {
            return Optional.empty();
        }
        var leftovers =
                request.variables().get("leftovers") instanceof Value.Items(var items) ? items : List.<String>of();
        return Optional.of(new KeyRotation(
                text(request, "secret"), text(request, "new_name"), text(request, "new_key"), List.of(), leftovers));
    }

    private static String text(RunRequest request, String name) {
        return Optional.ofNullable(request.variables().get(name))
                .map(Value::display)
                .orElse("");
    }

    /** How long it may take with so many hosts. */
    public static Duration timeout(int hosts) {
        return USUAL.plus(FOR_EACH_HOST.multipliedBy(hosts));
    }

    /** As variables of its playbook; the keys also as regular expressions. */
    public SortedMap<String, Value> variables() {
        var all = new TreeMap<String, Value>();
        all.put("secret", new Value.Text(secret));
        all.put("new_name", new Value.Text(newName));
        all.put("new_key", new Value.Text(newKey));
        all.put("new_pattern", new Value.Text(pattern(newKey)));
        all.put(
                "present_keys",
                new Value.Text(presentKeys.stream().map(KeyRotation::pattern).collect(Collectors.joining("|"))));
        all.put("leftovers", new Value.Items(leftovers));
        return Collections.unmodifiableSortedMap(all);
    }

    /** Of a public key only the middle part names it; in Base64 only the plus means something else in an expression. */
    private static String pattern(String publicKey) {
        var words = new StringTokenizer(publicKey, " ");
        words.nextToken();
        return words.nextToken().strip().replace("+", "[+]");
    }
}
