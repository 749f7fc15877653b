package dev.playcall.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which state of the files a run was made of, as git names it.
 *
 * @param playbooks commit of the checkout that holds the playbooks, if they are in one
 * @param inventory commit of the checkout that holds the inventory, where it is not the same one
 * @param galaxy which of the sets of collections and roles that Galaxy installed, if any
 * @param venv which Python environment of the playbook, if it has one of its own
 * @param host which host of the inventory executed it, if that was not the gateway's machine
 * @param edited whether files were different from what those commits have
 */
public record Revision(
        Optional<String> playbooks,
        Optional<String> inventory,
        Optional<String> galaxy,
        Optional<String> venv,
        Optional<String> host,
        boolean edited) {
    private static final String COMMIT = "[0-9a-f]{40}|[0-9a-f]{64}";
    private static final int SHORT = 10;
    private static final String NONE = "-";
    private static final String EDITED = "edited";
    private static final String VENV = "venv:";
    private static final String HOST = "on:";

    public Revision {
        if (!playbooks.orElse("").matches("|" + COMMIT)
                || !inventory.orElse("").matches("|" + COMMIT)
                || !galaxy.orElse("").matches("|[0-9a-f]{8,64}(-\\d{1,9})?")
                || !venv.orElse("").matches("|[a-z0-9_]{1,80}")
                || !host.orElse("").matches("|[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}")) {
            throw new IllegalArgumentException("not a valid revision");
        }
    }

    /** Of one checkout. */
    public static Revision at(String commit, boolean edited) {
        return new Revision(
                Optional.of(commit), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), edited);
    }

    /** The same with what Galaxy installed. */
    public Revision with(String installed) {
        return new Revision(playbooks, inventory, Optional.of(installed), venv, host, edited);
    }

    /** The same with the Python environment of the playbook. */
    public Revision inVenv(String name) {
        return new Revision(playbooks, inventory, galaxy, Optional.of(name), host, edited);
    }

    /** The same, executed on that host. */
    public Revision on(String name) {
        return new Revision(playbooks, inventory, galaxy, venv, Optional.of(name), edited);
    }

    /** Only with what Galaxy installed. */
    public static Revision ofGalaxy(String installed) {
        return none().with(installed);
    }

    /** Of files that come from nowhere. */
    public static Revision none() {
        return new Revision(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /** The commits for people: {@code 1a2b3c4d5e, with local edits}; empty where there is none. */
    public String brief() {
        var commits = playbooks.map(Revision::brief).orElse("")
                + inventory
                        .map(i -> (playbooks.isPresent() ? ", " : "") + "inventory " + brief(i))
                        .orElse("");
        return commits + (edited ? ", with local edits" : "");
    }

    /** As many digits of a commit as people compare. */
    public static String brief(String commit) {
        return commit.substring(0, Math.min(SHORT, commit.length()));
    }

    /** In one line, as it is kept. */
    public String text() {
        return String.join(" ", playbooks.orElse(NONE), inventory.orElse(NONE), galaxy.orElse(NONE))
                + (edited ? " " + EDITED : "")
                + venv.map(v -> " " + VENV + v).orElse("")
                + host.map(h -> " " + HOST + h).orElse("");
    }

    /** What {@link #text} made. */
    public static Revision of(String text) {
        List<String> parts = Arrays.asList(text.split(" ", -1));
        return new Revision(
                part(parts.get(0)),
                part(parts.get(1)),
                part(parts.get(2)),
                marked(VENV, parts),
                marked(HOST, parts),
                parts.contains(EDITED));
    }

    private static Optional<String> marked(String mark, List<String> parts) {
        return parts.stream()
                .filter(p -> p.startsWith(mark))
                .map(p -> p.substring(mark.length()))
                .findFirst();
    }

    private static Optional<String> part(String text) {
        return Optional.of(text).filter(t -> !t.equals(NONE));
    }
}
