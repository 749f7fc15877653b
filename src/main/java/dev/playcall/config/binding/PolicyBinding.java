package dev.playcall.config.binding;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import dev.playcall.config.FreezeWindow;
import dev.playcall.config.Policies.Policy;
import dev.playcall.config.Quantities;
import dev.playcall.config.Section;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.Suggestion;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads policies and freezes. A limit that is there and names nothing is a mistake, not "everything". */
public final class PolicyBinding {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._*?-]{1,64}");
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final int MOST = 20;

    private final Section section;
    private final Set<String> roles;

    /** @param roles those that there are */
    public PolicyBinding(Section section, Set<String> roles) {
        this.section = section;
        this.roles = roles;
    }

    /** Policies that say themselves where they hold. */
    List<Policy> policies() {
        return read(true);
    }

    /** Policies of one environment. */
    public List<Policy> policiesHere() {
        return read(false);
    }

    private List<Policy> read(boolean anywhere) {
        var policies = new ArrayList<Policy>();
        for (var s : section.items("policies")) {
            var environments = anywhere ? names(s, "environments") : List.<String>of();
            policies.add(new Policy(
                    environments,
                    names(s, "operations"),
                    s.number("approvals", 1, 0, MOST),
                    roles(s),
                    s.flag("requester_may_approve", false),
                    s.value("expires", A_DAY, Quantities::positiveDuration, "a duration", "8h"),
                    s.flag("reason_required", false),
                    s.flag("preview", false),
                    s.flag("checks", false),
                    s.flag("protected", false)));
            s.end();
        }
        return policies;
    }

    List<FreezeWindow> freezes(ZoneId zone) {
        return freezes(zone, true);
    }

    /** Freezes of one environment. */
    public List<FreezeWindow> freezesHere(ZoneId zone) {
        return freezes(zone, false);
    }

    private List<FreezeWindow> freezes(ZoneId zone, boolean anywhere) {
        var freezes = new ArrayList<FreezeWindow>();
        for (var s : section.items("freezes")) {
            var environments = anywhere ? names(s, "environments") : List.<String>of();
            var reason = s.text("reason", "").strip();
            if (reason.isEmpty()) {
                s.wrong(s.place("reason"), "reason", "is required: it is shown to people who are refused");
            }
            var here = s.value("timezone", zone, NetworkAddresses::zone, "a time zone", "Europe/Berlin");
            window(s, here).ifPresent(w -> freezes.add(new FreezeWindow(environments, reason, w)));
            s.end();
        }
        return freezes;
    }

    private static Optional<FreezeWindow.Window> window(Section s, ZoneId zone) {
        var cron = s.optionalValue("cron", PolicyBinding::cron, "minute, hour, day, month and weekday", "0 18 * * FRI");
        var length = s.optionalValue("for", Quantities::positiveDuration, "a duration", "60h");
        var from = s.optionalValue("from", t -> time(t, zone), "a time", "2026-12-20T18:00");
        var until = s.optionalValue("until", t -> time(t, zone), "a time", "2027-01-04T08:00");
        if (cron.isPresent() && length.isPresent() && from.isEmpty() && until.isEmpty()) {
            return Optional.of(new FreezeWindow.Window.Repeated(cron.get(), length.get(), zone));
        }
        boolean once = cron.isEmpty() && length.isEmpty() && from.isPresent() && until.isPresent();
        if (once && from.get().isBefore(until.get())) {
            return Optional.of(new FreezeWindow.Window.Once(from.get(), until.get()));
        }
        s.wrong(s.place("reason"), "from", "a freeze has cron and for, or from and a later until");
        return Optional.empty();
    }

    private static Optional<Cron> cron(String text) {
        try {
            var unix = CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);
            return Optional.of(new CronParser(unix).parse(text).validate());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(String text, ZoneId zone) {
        try {
            return Optional.of(LocalDateTime.parse(text).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** With a role that nobody can have, nobody could ever agree. */
    private List<String> roles(Section s) {
        var named = names(s, "roles");
        named.stream().filter(r -> !roles.contains(r)).forEach(r -> {
            var near = Suggestion.of(r, roles)
                    .map(n -> "; did you mean " + n + "?")
                    .orElse("");
            s.wrong(s.place("roles"), "roles", "there is no role \"" + r + "\"" + near);
        });
        return named;
    }

    private static List<String> names(Section s, String key) {
        boolean there = s.raw(key).isPresent();
        var names = s.texts(key);
        if (there && names.isEmpty()) {
            s.wrong(s.place(key), key, "is empty; omit it for no limit");
        }
        names.stream()
                .filter(n -> !NAME.matcher(n).matches())
                .forEach(n -> s.wrong(s.place(key), key, "\"" + Truncate.of(n, 60) + "\" is no name"));
        return names;
    }
}
