package dev.playcall.rehearsal.discord;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A method and a path with `{names}` in it, and who answers. */
record Route(String method, String template, Function<Request, Answer> handler) {
    String name() {
        return method + " " + template;
    }

    /** Interactions and their webhooks carry their right in the address. */
    boolean open() {
        return template.startsWith("/interactions/")
                || template.startsWith("/webhooks/")
                || template.equals("/gateway");
    }

    Optional<Map<String, String>> match(String verb, String path) {
        var mine = template.split("/", -1);
        var theirs = path.split("/", -1);
        if (!verb.equals(method) || mine.length != theirs.length) {
            return Optional.empty();
        }
        Map<String, String> names = new HashMap<>();
        for (var i = 0; i < mine.length; i++) {
            if (mine[i].startsWith("{")) {
                names.put(mine[i].substring(1, mine[i].length() - 1), theirs[i]);
            } else if (!mine[i].equals(theirs[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(names);
    }
}
