package dev.playcall.catalog.playbook;

import dev.playcall.config.Section;
import dev.playcall.config.yaml.Yaml;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which Python environment (venv) runs of a playbook get: {@code venv:} in its description.
 *
 * @param use {@code off} for Ansible as this machine has it, {@code auto} for one made of what the playbook needs, or the name of one
 * @param collections needed besides those that are found
 * @param pythonPackages the same of Python packages, as pip's requirements
 * @param python the versions of Python, {@code >=3.10}; empty for any
 * @param share whether it is named by what it needs, and so is the one of all playbooks that need the same
 */
public record PlaybookVenv(
        String use, List<String> collections, List<String> pythonPackages, String python, boolean share) {
    private static final String AUTO = "auto";
    private static final String OFF_WORD = "off";
    public static final PlaybookVenv OFF = new PlaybookVenv(OFF_WORD, List.of(), List.of(), "", false);

    private static final Pattern NAME = Pattern.compile(AUTO + "|" + OFF_WORD + "|[a-z0-9_]{1,80}");
    private static final Pattern COLLECTION = Pattern.compile("[a-z_][a-z0-9_]*\\.[a-z_][a-z0-9_]*");
    private static final String VERSIONS = "( *(>=|<=|==|!=|~=|<|>) *[0-9]+(\\.[0-9]+)*(\\.\\*)? *,?)";
    private static final Pattern PACKAGE =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(\\[[A-Za-z0-9,._-]+])?" + VERSIONS + "*");
    private static final Pattern PYTHON = Pattern.compile("|" + VERSIONS + "+");

    public PlaybookVenv {
        collections = List.copyOf(collections);
        pythonPackages = List.copyOf(pythonPackages);
    }

    public boolean isOff() {
        return use.equals(OFF_WORD);
    }

    /** The name of the environment, where one is named. */
    public Optional<String> named() {
        return Optional.of(use).filter(u -> !isOff() && !u.equals(AUTO));
    }

    static PlaybookVenv read(Section meta) {
        if (!(meta.raw("venv").orElse(null) instanceof Yaml.Mapping)) {
            var use = meta.optionalValue(
                    "venv", t -> matching(NAME, t), "auto, off or the name of an environment", "auto");
            return use.map(u -> new PlaybookVenv(u, List.of(), List.of(), "", false))
                    .orElse(OFF);
        }
        var s = meta.section("venv");
        var venv = new PlaybookVenv(
                s.value("use", AUTO, t -> matching(NAME, t), "auto, off or the name of an environment", AUTO),
                texts(s, "collections", COLLECTION, "a collection such as community.general"),
                texts(s, "python_packages", PACKAGE, "a package such as jmespath>=1.0"),
                s.value("python", "", t -> matching(PYTHON, t), "versions of Python", ">=3.10"),
                s.flag("share", false));
        s.end();
        return venv;
    }

    private static List<String> texts(Section s, String key, Pattern pattern, String kind) {
        var texts = s.texts(key);
        texts.stream()
                .filter(t -> !pattern.matcher(t).matches())
                .forEach(t -> s.wrong(s.place(key), key, "\"" + t + "\" is not " + kind));
        return texts.stream().map(t -> t.replace(" ", "")).toList();
    }

    private static Optional<String> matching(Pattern pattern, String text) {
        return Optional.of(text).filter(t -> pattern.matcher(t).matches()).map(t -> t.replace(" ", ""));
    }
}
