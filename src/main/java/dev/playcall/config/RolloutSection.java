package dev.playcall.config;

import dev.playcall.domain.Truncate;
import dev.playcall.domain.rollout.Rollout;
import dev.playcall.domain.rollout.Rollout.HostShare;
import dev.playcall.domain.rollout.Rollout.WavePause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code rollout:} of a playbook or an operation, and the same words where somebody types them. */
public final class RolloutSection {
    private static final Pattern PLAYBOOK = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,190}");
    private static final String OFF = "false";
    private static final String SIZES = "a number of hosts, a percentage such as 10%, or rest";

    private RolloutSection() {}

    /** What came of reading one of the words. */
    public sealed interface Read<T> {
        record Good<T>(T value) implements Read<T> {}

        /** @param message without the word itself: {@code "0" is not …} */
        record Bad<T>(String message) implements Read<T> {}
    }

    /** Empty where the section has no {@code rollout}. */
    public static Optional<Rollout> read(Section parent) {
        if (parent.raw("rollout").isEmpty()) {
            return Optional.empty();
        }
        var s = parent.section("rollout");
        var usual = Rollout.DEFAULT;
        var sizes = s.texts("waves");
        var rollout = new Rollout(
                sizes.isEmpty() ? usual.waves() : taken(s, "waves", waves(sizes), usual.waves()),
                one(s, "max_failed", usual.maxFailed()),
                s.optional("pause")
                        .map(t -> taken(s, "pause", pause(t), usual.pause()))
                        .orElse(usual.pause()),
                s.optional("rollback")
                        .map(t -> taken(s, "rollback", rollback(t), ""))
                        .orElse(""));
        s.end();
        return Optional.of(rollout);
    }

    private static HostShare one(Section s, String key, HostShare usual) {
        return s.optional(key).map(t -> taken(s, key, maxFailed(t), usual)).orElse(usual);
    }

    private static <T> T taken(Section s, String key, Read<T> read, T otherwise) {
        return switch (read) {
            case Read.Good<T>(var value) -> value;
            case Read.Bad<T>(var message) -> {
                s.wrong(s.place(key), key, message);
                yield otherwise;
            }
        };
    }

    /** Sizes of waves; {@code rest} may stand last and is meant anyway. */
    public static Read<List<HostShare>> waves(List<String> sizes) {
        var waves = new ArrayList<HostShare>();
        for (int i = 0; i < sizes.size(); i++) {
            var size = sizes.get(i).strip();
            boolean rest = size.equals(Rollout.REST);
            if (rest && i < sizes.size() - 1) {
                return new Read.Bad<>("rest is the last wave; \"" + shown(sizes.get(i + 1)) + "\" stands after it");
            }
            var share = HostShare.of(size).filter(w -> w.number() > 0);
            if (share.isEmpty() && !rest) {
                return new Read.Bad<>("\"" + shown(size) + "\" is not " + SIZES);
            }
            share.ifPresent(waves::add);
        }
        return waves.size() < Rollout.MOST_WAVES
                ? new Read.Good<>(waves)
                : new Read.Bad<>(waves.size() + " waves are too many; at most " + Rollout.MOST_WAVES + " are possible");
    }

    /** {@code 10%} or {@code 3}. */
    public static Read<HostShare> maxFailed(String text) {
        return HostShare.of(text)
                .<Read<HostShare>>map(Read.Good::new)
                .orElseGet(() ->
                        new Read.Bad<>("\"" + shown(text) + "\" is not a number of hosts or a percentage such as 10%"));
    }

    /** {@code none}, {@code approve} or a duration. */
    public static Read<WavePause> pause(String text) {
        return switch (text.strip()) {
            case "none" -> new Read.Good<>(WavePause.NONE);
            case "approve" -> new Read.Good<>(WavePause.APPROVE);
            default ->
                Quantities.positiveDuration(text)
                        .<Read<WavePause>>map(d -> new Read.Good<>(new WavePause(false, d)))
                        .orElseGet(() -> new Read.Bad<>(
                                "\"" + shown(text) + "\" is not none, approve or a duration such as 10m"));
        };
    }

    /** {@code false}, or the name of an operation or a playbook. */
    public static Read<String> rollback(String text) {
        var name = text.strip();
        if (name.equalsIgnoreCase(OFF) || name.equalsIgnoreCase("no") || name.equalsIgnoreCase("off")) {
            return new Read.Good<>("");
        }
        return PLAYBOOK.matcher(name).matches()
                ? new Read.Good<>(name.replaceFirst("\\.ya?ml$", ""))
                : new Read.Bad<>("\"" + shown(text) + "\" is not false or the name of an operation or a playbook");
    }

    private static String shown(String text) {
        return Truncate.of(text, 40);
    }
}
