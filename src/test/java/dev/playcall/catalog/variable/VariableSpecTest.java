package dev.playcall.catalog.variable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.playcall.catalog.variable.VariableSpec.SecretSource;
import dev.playcall.domain.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariableSpecTest {
    private static VariableSpec spec(VariableSpec.Type type) {
        return spec(type, List.of(), Optional.empty());
    }

    private static VariableSpec spec(VariableSpec.Type type, List<String> choices, Optional<String> pattern) {
        return new VariableSpec("x", type, "", choices, Optional.empty(), pattern, false, Optional.empty());
    }

    private static Optional<Value> value(VariableSpec.Type type, Object raw) {
        return spec(type).check(raw) instanceof VariableSpec.Ok(var value) ? Optional.of(value) : Optional.empty();
    }

    private static String wrong(VariableSpec spec, Object raw) {
        return spec.check(raw) instanceof VariableSpec.Invalid(var message) ? message : "";
    }

    private static Value decimal(String number) {
        return new Value.Decimal(new BigDecimal(number));
    }

    @Test
    void textsAreTakenAsTheyAre() {
        for (var text :
                List.of("", "a b", "{{ lookup('pipe','id') }}", "日本語 🎉", "$(id)", "--check", "a: b", "!unsafe x")) {
            assertThat(value(VariableSpec.Type.TEXT, text)).as(text).contains(new Value.Text(text));
        }
        assertThat(value(VariableSpec.Type.TEXT, 5)).contains(new Value.Text("5"));
        assertThat(value(VariableSpec.Type.TEXT, true)).contains(new Value.Text("true"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\rb",
                "a\tb",
                "\u0000",
                "\u001b[2J",
                "\u007f",
                "\u0085",
                "\u2028",
                "\u2029",
                "\u202e",
                "\u2066",
                "\u200f",
                "\ud800",
                "x\udc00"
            })
    void charactersThatCannotBeSeenAreRefused(String text) {
        assertThat(wrong(spec(VariableSpec.Type.TEXT), text)).isEqualTo("x: holds a control character");
        assertThat(wrong(spec(VariableSpec.Type.LIST), "a" + text + "a,b")).isEqualTo("x: holds a control character");
    }

    @Test
    void lengthHasAnEnd() {
        assertThat(value(VariableSpec.Type.TEXT, "a".repeat(4096))).isPresent();
        assertThat(wrong(spec(VariableSpec.Type.TEXT), "a".repeat(4097)))
                .isEqualTo("x: has 4097 characters, at most 4096 are taken");
        assertThat(wrong(spec(VariableSpec.Type.LIST), Collections.nCopies(1001, "a")))
                .contains("too long a list");
        assertThat(wrong(spec(VariableSpec.Type.LIST), Collections.nCopies(100, "a".repeat(4096))))
                .contains("too long a list");
    }

    @Test
    void numbers() {
        assertThat(value(VariableSpec.Type.INTEGER, "5")).contains(decimal("5"));
        assertThat(value(VariableSpec.Type.INTEGER, " -12 ")).contains(decimal("-12"));
        assertThat(value(VariableSpec.Type.INTEGER, 7L)).contains(decimal("7"));
        assertThat(value(VariableSpec.Type.NUMBER, "2.50")).contains(decimal("2.50"));
        assertThat(value(VariableSpec.Type.NUMBER, 0.1)).contains(decimal("0.1"));
        assertThat(value(VariableSpec.Type.NUMBER, 1e3)).contains(decimal("1000.0"));
        for (Object raw : List.of(
                "", "five", "1e9", "0x10", "1_000", "٣", "--1", "1 2", "NaN", "1.5", true, 1.5, "9".repeat(19))) {
            assertThat(wrong(spec(VariableSpec.Type.INTEGER), raw))
                    .as("" + raw)
                    .contains("is not a whole number (try x=5)");
        }
        for (Object raw : List.of(Double.NaN, Double.POSITIVE_INFINITY, new BigDecimal("1e999999999"), "1e999999999")) {
            assertThat(wrong(spec(VariableSpec.Type.NUMBER), raw)).as("" + raw).contains("is not a number (try x=2.5)");
        }
    }

    @Test
    void flags() {
        for (Object raw : List.of("true", "YES", "on", "1", 1, true)) {
            assertThat(value(VariableSpec.Type.BOOLEAN, raw)).as("" + raw).contains(new Value.Flag(true));
        }
        for (Object raw : List.of("false", "No", "off", "0", 0, false)) {
            assertThat(value(VariableSpec.Type.BOOLEAN, raw)).as("" + raw).contains(new Value.Flag(false));
        }
        assertThat(wrong(spec(VariableSpec.Type.BOOLEAN), "maybe"))
                .isEqualTo("x: \"maybe\" is neither true nor false (try x=true)");
    }

    @Test
    void versions() {
        for (var version : List.of("v1.2.3", "1.0.0-rc.1+build_5", "2026.01.31", "main", "a")) {
            assertThat(value(VariableSpec.Type.VERSION, version)).as(version).contains(new Value.Text(version));
        }
        for (var version :
                List.of("", "-1", ".x", "+1", "a b", "../x", "v1/2", "v1;id", "$(id)", "{{x}}", "é", "a".repeat(101))) {
            assertThat(wrong(spec(VariableSpec.Type.VERSION), version))
                    .as(version)
                    .contains("is not a version");
        }
    }

    @Test
    void aNumberWithAFractionIsNoVersion() {
        assertThat(wrong(spec(VariableSpec.Type.VERSION), 1.1))
                .isEqualTo("x: came as the number \"1.1\" (put it in quotes)");
        assertThat(value(VariableSpec.Type.VERSION, 7)).contains(new Value.Text("7"));
    }

    @Test
    void choices() {
        var spec = spec(VariableSpec.Type.CHOICE, List.of("blue", "green"), Optional.empty());
        assertThat(spec.check("blue")).isEqualTo(new VariableSpec.Ok(new Value.Text("blue")));
        assertThat(wrong(spec, "gren")).isEqualTo("x: \"gren\" is not one of blue, green; did you mean green?");
        assertThat(wrong(spec, "Blue")).isNotEmpty();
        assertThat(wrong(spec, "")).isNotEmpty();
        var list = spec(VariableSpec.Type.LIST, List.of("a", "b"), Optional.empty());
        assertThat(list.check("a,b")).isEqualTo(new VariableSpec.Ok(new Value.Items(List.of("a", "b"))));
        assertThat(wrong(list, "a,z")).contains("is not one of a, b");
    }

    @Test
    void lists() {
        assertThat(value(VariableSpec.Type.LIST, "a, b ,c")).contains(new Value.Items(List.of("a", "b", "c")));
        assertThat(value(VariableSpec.Type.LIST, List.of("a", 5, true)))
                .contains(new Value.Items(List.of("a", "5", "true")));
        assertThat(value(VariableSpec.Type.LIST, "")).contains(new Value.Items(List.of()));
        assertThat(wrong(spec(VariableSpec.Type.LIST), List.of("a", List.of("b"))))
                .contains("one of them is none");
        assertThat(wrong(spec(VariableSpec.Type.LIST), Map.of("__ansible_unsafe", "x")))
                .contains("one of them is none");
        assertThat(wrong(spec(VariableSpec.Type.LIST), Collections.singletonList(null)))
                .contains("one of them is none");
    }

    @Test
    void oneValueIsNotSeveral() {
        for (var type : List.of(
                VariableSpec.Type.TEXT,
                VariableSpec.Type.VERSION,
                VariableSpec.Type.INTEGER,
                VariableSpec.Type.BOOLEAN)) {
            assertThat(wrong(spec(type), List.of("a"))).isEqualTo("x: is one value, not several");
            assertThat(wrong(spec(type), Map.of("__ansible_unsafe", "x"))).isEqualTo("x: is one value, not several");
        }
    }

    @Test
    void aPatternMatchesTheWholeText() {
        var spec = spec(VariableSpec.Type.TEXT, List.of(), Optional.of("[a-z]+"));
        assertThat(spec.check("abc")).isEqualTo(new VariableSpec.Ok(new Value.Text("abc")));
        assertThat(wrong(spec, "abc;id")).isEqualTo("x: \"abc;id\" does not match [a-z]+");
        assertThat(wrong(spec, "")).isNotEmpty();
        assertThat(wrong(spec, "a".repeat(257))).contains("at most 256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|a)*b", "(a*)*b", "(.*a){20}b", "(a|aa)+b", "^(([a-z])+.)+[A-Z]([a-z])+$"})
    void aPatternCannotTakeForEver(String pattern) {
        var spec = spec(VariableSpec.Type.TEXT, List.of(), Optional.of(pattern));
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(wrong(spec, "a".repeat(256))).isNotEmpty());
    }

    @Test
    void whatIsRequiredCannotBeEmpty() {
        var spec = new VariableSpec(
                "x", VariableSpec.Type.TEXT, "", List.of(), Optional.empty(), Optional.empty(), true, Optional.empty());
        assertThat(wrong(spec, " ")).isEqualTo("x: is required and cannot be empty");
    }

    @Test
    void aWrongSecretIsNotRepeated() {
        var spec = new VariableSpec(
                "x",
                VariableSpec.Type.INTEGER,
                "",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(SecretSource.ASKED));
        assertThat(wrong(spec, "hunter2")).isEqualTo("x: is not a value it can have");
    }

    @Test
    void whatIsQuotedIsShortAndOnOneLine() {
        assertThat(wrong(spec(VariableSpec.Type.INTEGER), "a\nb\u202e" + "🎉".repeat(500)))
                .hasLineCount(1)
                .hasSizeLessThan(250)
                .doesNotContain("\u202e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ansible_connection",
                "ansible_ssh_common_args",
                "ansible_python_interpreter",
                "ansible_ssh_executable",
                "ansible_host",
                "ansible_",
                "playcall_x",
                "become",
                "become_user",
                "become_anything",
                "connection",
                "remote_user",
                "port",
                "environment",
                "vars",
                "hostvars",
                "groups",
                "group_names",
                "inventory_hostname",
                "inventory_file",
                "inventory_x",
                "play_hosts",
                "omit",
                "lookup",
                "query",
                "q",
                "delegate_to",
                "name",
                "__ansible_unsafe",
                "__ansible_vault",
                "if",
                "True",
                "lambda",
                "item",
                "playbook_dir",
                "role_path",
                "1a",
                "",
                " x",
                "x ",
                "a-b",
                "a.b",
                "a b",
                "é",
                "a=b",
                "{{x}}",
                "-e",
                "@x",
                "a\nb",
                "with_items",
                "a2345678901234567890123456789012345678901234567890123456789012345"
            })
    void namesThatDecideWhatIsExecutedAreRefused(String name) {
        assertThat(VariableNames.refusal(name))
                .hasValueSatisfying(why -> assertThat(why).hasLineCount(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"version", "config_profile", "batch", "_x", "Release2", "answer", "ansibleish", "groups_of"})
    void otherNamesAreFine(String name) {
        assertThat(VariableNames.refusal(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ansible_become_password, become_password",
        "ansible_become_pass, become_password",
        "ansible_password, ssh_password",
        "ansible_ssh_pass, ssh_password"
    })
    void whoWantsToGiveAPasswordIsToldHow(String name, String kind) {
        assertThat(VariableNames.refusal(name))
                .hasValueSatisfying(why -> assertThat(why)
                        .endsWith("; keep the password as a secret: ./playcall secret set NAME --kind " + kind));
    }
}
