package dev.playcall.config.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.playcall.config.FreezeWindow;
import dev.playcall.config.Policies;
import dev.playcall.config.Policies.Policy;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.config.yaml.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies and freezes as they are written. */
class PolicyBindingTest {
    @TempDir
    Path home;

    private Policies load(String yaml) throws IOException {
        var file = Files.createDirectories(home.resolve("config")).resolve("playcall.yml");
        Files.writeString(file, yaml);
        return ConfigFile.load(home, Optional.empty(), Map.of()).policies();
    }

    private String problems(String yaml) {
        var thrown = catchThrowableOfType(ConfigException.class, () -> load(yaml));
        return thrown == null ? "" : String.valueOf(thrown.getMessage());
    }

    private static boolean frozen(FreezeWindow freezeWindow, String time) {
        return freezeWindow.window().end(Instant.parse(time)).isPresent();
    }

    @Test
    void aPolicyHasADefaultForEverything() throws IOException {
        assertThat(load("access: { policies: [ {} ] }\n").policies())
                .containsExactly(new Policy(
                        List.of(), List.of(), 1, List.of(), false, Duration.ofDays(1), false, false, false, false));
        assertThat(load("access:\n"
                                + "  policies:\n"
                                + "    - environments: prod*\n"
                                + "      operations: [deploy]\n"
                                + "      approvals: 2\n"
                                + "      expires: 4h\n"
                                + "      roles: approver\n"
                                + "      preview: true\n"
                                + "      protected: true\n")
                        .policies())
                .containsExactly(new Policy(
                        List.of("prod*"),
                        List.of("deploy"),
                        2,
                        List.of("approver"),
                        false,
                        Duration.ofHours(4),
                        false,
                        true,
                        false,
                        true));
    }

    @Test
    void everyMistakeIsToldWithItsPlace() {
        assertThat(problems("""
            access:
              policies:
                - environments: []
                  aprovals: 2
                - approvals: many
                  expires: soon
                  roles: [aprover]
              freezes:
                - reason: weekend
                  cron: "99 18 * * FRI"
                  for: 60h
                - cron: "0 18 * * FRI"
                  for: 60h
                - reason: odd
                  from: 2026-12-20T18:00
                  until: 2026-12-19T18:00
            """))
                .contains("playcall.yml:3: access.policies[0].environments: is empty")
                .contains("playcall.yml:4: access.policies[0].aprovals: no such key; did you mean approvals?")
                .contains("playcall.yml:5: access.policies[1].approvals: \"many\" is not a number from 0 to 20")
                .contains("playcall.yml:7: access.policies[1].roles: there is no role \"aprover\"; did you mean"
                        + " approver?")
                .contains("playcall.yml:6: access.policies[1].expires: \"soon\" is not a duration")
                .contains("playcall.yml:10: access.freezes[0].cron: \"99 18 * * FRI\"")
                .contains("playcall.yml:12: access.freezes[1].reason: is required")
                .contains("access.freezes[2].from: a freeze has cron and for, or from and a later until");
    }

    @Test
    void aFreezeFollowsTheClockOnTheWall() throws IOException {
        var weekend = load("access:\n"
                        + "  freezes:\n"
                        + "    - { reason: weekend, cron: '0 18 * * FRI', for: 60h, timezone: Europe/Berlin }\n")
                .freezes()
                .getFirst();
        assertThat(frozen(weekend, "2026-07-03T15:59:59Z")).isFalse();
        assertThat(frozen(weekend, "2026-07-03T16:00:00Z")).isTrue();
        assertThat(frozen(weekend, "2026-07-06T03:59:59Z")).isTrue();
        assertThat(frozen(weekend, "2026-07-06T04:00:00Z")).isFalse();
        assertThat(frozen(weekend, "2026-12-04T16:30:00Z")).isFalse();
        assertThat(weekend.window().end(Instant.parse("2026-12-04T17:00:30Z")))
                .contains(Instant.parse("2026-12-07T05:00:00Z"));
    }

    @Test
    void aFreezeMayHaveABeginAndAnEnd() throws IOException {
        var yearEnd = load("schedule: { timezone: UTC }\naccess:\n  freezes:\n    - reason: year end\n"
                        + "      from: 2026-12-20T18:00\n      until: 2027-01-04T08:00\n")
                .freezes()
                .getFirst();
        assertThat(frozen(yearEnd, "2026-12-20T17:59:59Z")).isFalse();
        assertThat(frozen(yearEnd, "2026-12-31T00:00:00Z")).isTrue();
        assertThat(frozen(yearEnd, "2027-01-04T08:00:00Z")).isFalse();
    }
}
