package dev.playcall.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.Access;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Authorizer.Decision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorizerTest {
    private static final Target DEPLOY = new Target("deploy", "production", "deploy", "");

    @TempDir
    private Path home;

    private Access access(String yaml) {
        try {
            Files.createDirectories(home.resolve("config"));
            Files.writeString(home.resolve("config/playcall.yml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ConfigFile.load(home, Optional.empty(), Map.of()).access();
    }

    private Authorizer authorizer(String yaml) {
        return new Authorizer(access(yaml), false, List::of);
    }

    private static Principal who(String person, String... groups) {
        return new Principal(new Person(person), Set.of(groups), "slack:C1");
    }

    private static boolean may(Authorizer authorizer, Principal who, Permission what, Target on) {
        return authorizer.decide(who, what, on) instanceof Decision.Allowed;
    }

    @Test
    void everyPermissionHasItsWordInTheConfiguration() {
        assertThat(Stream.of(Permission.values()).map(Permission::word)).containsExactlyElementsOf(Access.PERMISSIONS);
    }

    @Test
    void aSystemWithoutBindingsIsOpenAndOneWithBindingsDeniesWhatTheyDoNotAllow() {
        var open = authorizer("access: {}\n");
        assertThat(open.isOpen()).isTrue();
        assertThat(may(open, who("slack:U9"), Permission.ADMIN, Target.EVERYTHING))
                .isTrue();
        var closed = authorizer("access: { bindings: [{ role: viewer, people: [slack:U1] }] }\n");
        assertThat(closed.isOpen()).isFalse();
        assertThat(may(closed, who("slack:U9"), Permission.VIEW, DEPLOY)).isFalse();
        assertThat(may(closed, who("slack:U1"), Permission.VIEW, DEPLOY)).isTrue();
        assertThat(may(closed, who("slack:U1"), Permission.START, DEPLOY)).isFalse();
    }

    @Test
    void whatAnEnvironmentBindsHoldsBesidesAndDoesNotEndTheOpenTime() {
        var here = access("access: { bindings: [{ role: operator, people: [slack:U7], environments: [staging] }] }\n")
                .bindings();
        assertThat(new Authorizer(Access.NONE, false, List::of, () -> here).isOpen())
                .isTrue();
        var access = access("access: { bindings: [{ role: admin, people: [slack:U1] }] }\n");
        var closed = new Authorizer(access, false, List::of, () -> here);
        assertThat(may(closed, who("slack:U7"), Permission.START, new Target("deploy", "staging", "", "")))
                .isTrue();
        assertThat(may(closed, who("slack:U7"), Permission.START, new Target("deploy", "production", "", "")))
                .isFalse();
        assertThat(closed.whoCould(Permission.START, new Target("deploy", "staging", "", "")))
                .contains("slack:U7");
    }

    @Test
    void anAccountThatIsAdminEndsTheOpenTimeAndTheTokenOfTheEnvironmentDoesNot() {
        var token = new Authorizer(Access.NONE, true, List::of);
        assertThat(token.isOpen()).isTrue();
        var alice = new Person("web:alice");
        var closed = new Authorizer(
                Access.NONE, true, () -> Grant.of(alice, "admin").stream().toList());
        assertThat(closed.isOpen()).isFalse();
        assertThat(may(closed, who("web:alice"), Permission.TOKENS, Target.EVERYTHING))
                .isTrue();
        assertThat(may(closed, who("token:admin"), Permission.TOKENS, Target.EVERYTHING))
                .isTrue();
        assertThat(may(closed, who("web:bob"), Permission.VIEW, DEPLOY)).isFalse();
        assertThat(Grant.of(alice, "king")).isEmpty();
    }

    @Test
    void aLimitOfARoleAlsoLimitsWhatItIncludes() {
        var authorizer = authorizer("""
            access:
              roles:
                releaser: { permissions: [start], includes: [viewer], operations: [deploy], environments: ["stag*"] }
              bindings:
                - { role: releaser, people: [slack:U1] }
            """);
        var staging = new Target("deploy", "staging", "deploy", "");
        assertThat(may(authorizer, who("slack:U1"), Permission.START, staging)).isTrue();
        assertThat(may(authorizer, who("slack:U1"), Permission.START, DEPLOY)).isFalse();
        assertThat(may(
                        authorizer,
                        who("slack:U1"),
                        Permission.START,
                        new Target("provision", "staging", "provision", "")))
                .isFalse();
        assertThat(may(authorizer, who("slack:U1"), Permission.VIEW, Target.of(new EnvironmentName("staging"))))
                .isTrue();
        assertThat(may(authorizer, who("slack:U1"), Permission.VIEW, Target.of(new EnvironmentName("production"))))
                .isFalse();
    }

    @Test
    void whoHasRightsSomewhereHasNoneOverEverything() {
        var authorizer =
                authorizer("access: { bindings: [{ role: admin, people: [slack:U1], environments: [staging] }] }\n");
        assertThat(may(authorizer, who("slack:U1"), Permission.AUDIT, Target.EVERYTHING))
                .isFalse();
        assertThat(authorizer.decideAnywhere(who("slack:U1"), Permission.AUDIT)).isInstanceOf(Decision.Allowed.class);
        assertThat(authorizer.decideAnywhere(who("slack:U2"), Permission.AUDIT)).isInstanceOf(Decision.Denied.class);
    }

    @Test
    void aBindingWithPersonsAndChannelsHoldsForThesePersonsThereOnly() {
        var authorizer = authorizer("""
            access:
              bindings:
                - { role: operator, people: [slack:U1], groups: [slack:S1], channels: [slack:C1] }
                - { role: viewer, channels: [slack:C2] }
            """);
        var elsewhere = new Principal(new Person("slack:U1"), Set.of("slack:S1"), "slack:C2");
        assertThat(may(authorizer, who("slack:U1"), Permission.START, DEPLOY)).isTrue();
        assertThat(may(authorizer, who("slack:U2", "slack:S1"), Permission.START, DEPLOY))
                .isTrue();
        assertThat(may(authorizer, who("slack:U2"), Permission.START, DEPLOY)).isFalse();
        assertThat(may(authorizer, elsewhere, Permission.START, DEPLOY)).isFalse();
        assertThat(may(authorizer, elsewhere, Permission.VIEW, DEPLOY)).isTrue();
    }

    @Test
    void aRefusalSaysWhatIsRefusedAndWhoCould() {
        var authorizer = authorizer("""
            access:
              bindings:
                - { role: admin, people: [slack:U1, "web:*"] }
                - { role: operator, groups: [discord:42], environments: [production] }
                - { role: operator, groups: [discord:43], environments: [staging] }
                - { role: operator, channels: [slack:C7] }
            """);
        var denied = (Decision.Denied) authorizer.decide(who("slack:U2"), Permission.START, DEPLOY);
        assertThat(denied.reason()).isEqualTo("you may not start deploy in production");
        assertThat(denied.whoCould())
                .containsExactly("slack:U1", "everybody on web", "group discord:42", "everybody in slack:C7");
    }
}
