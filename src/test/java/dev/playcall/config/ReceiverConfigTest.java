package dev.playcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.playcall.config.ReceiverConfig.Encryption;
import dev.playcall.config.ReceiverConfig.Mention;
import dev.playcall.config.ReceiverConfig.Rate;
import dev.playcall.config.ReceiverConfig.Transport;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.config.yaml.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverConfigTest {
    @TempDir
    private Path home;

    private NotifyConfig load(String yaml) throws IOException {
        write(yaml);
        return ConfigFile.load(home, Optional.empty(), Map.of()).notifications();
    }

    private String problems(String yaml) throws IOException {
        write(yaml);
        var thrown =
                catchThrowableOfType(ConfigException.class, () -> ConfigFile.load(home, Optional.empty(), Map.of()));
        return thrown == null ? "" : String.valueOf(thrown.getMessage());
    }

    private void write(String yaml) throws IOException {
        var file = Files.createDirectories(home.resolve("config")).resolve("playcall.yml");
        Files.writeString(file, yaml);
    }

    private static ReceiverConfig receiver(NotifyConfig notifyConfig, String name) {
        return Optional.ofNullable(notifyConfig.receivers().get(name)).orElseThrow();
    }

    private static String receiver(String text) {
        return "notify:\n  receivers:\n    ops:\n" + text.indent(6);
    }

    @Test
    void aMailReceiverHasItsServerAndItsMailboxes() throws IOException {
        var mail = (Transport.Mail) receiver(
                        load(receiver("email: {host: mail.example.org, user: u, password: geheim-1, from: a@b.de,"
                                + " to: c@d.de}")),
                        "ops")
                .transport();
        assertThat(mail.server().port()).isEqualTo(587);
        assertThat(mail.server().encryption()).isEqualTo(Encryption.STARTTLS);
        assertThat(mail.to()).containsExactly("c@d.de");
        assertThat(mail.toString()).doesNotContain("geheim");
    }

    @Test
    void whatIsWrongWithAMailReceiverIsTold() throws IOException {
        assertThat(problems(receiver("email: {from: x}")))
                .contains(
                        "notify.receivers.ops.email.host",
                        "notify.receivers.ops.email.to: is missing",
                        "is not a mail address");
        assertThat(problems(receiver("email: {host: mail.example.org, encryption: none, user: u, password:"
                        + " p4ssw0rd, from: a@b.de, to: [c@d.de]}")))
                .contains("the password would be sent in clear text")
                .doesNotContain("p4ssw0rd");
        assertThat(problems(receiver(
                        "email: {host: h, from: \"a@b.de\\r\\nBcc: x@y.de\", to: [\"c@d.de\\nX: y\"], pasword: x}")))
                .contains("email.from", "email.to", "did you mean password?");
    }

    @Test
    void whoVouchesForAMailServerIsReadOrTheFileIsNamed() throws IOException {
        var mail = "email: {host: h, from: a@b.de, to: [c@d.de], ca: %s}";
        assertThat(problems(receiver(mail.formatted("no-such.pem"))))
                .contains("notify.receivers.ops.email.ca: no-such.pem cannot be read");
        Files.writeString(home.resolve("empty.pem"), "");
        assertThat(problems(receiver(mail.formatted("empty.pem")))).contains("empty.pem contains no PEM certificate");
        Files.writeString(home.resolve("bad.pem"), "-----BEGIN CERTIFICATE-----\nxyz\n-----END CERTIFICATE-----\n");
        assertThat(problems(receiver(mail.formatted("bad.pem")))).contains("bad.pem is not a file of PEM certificates");
    }

    /** One of those that everybody trusts, in PEM. */
    private static String anyCertificate() throws IOException, GeneralSecurityException {
        var file = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        var all = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        var der = all.getCertificate(all.aliases().nextElement()).getEncoded();
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
    }

    @Test
    void whoVouchesForAReceiverOnTheWebIsReadOrTheFileIsNamed() throws IOException, GeneralSecurityException {
        for (var kind : List.of("webhook", "slack_webhook", "discord_webhook", "ntfy", "apprise_api")) {
            assertThat(problems(receiver(kind + ": https://example.org/x\nca: no-such.pem")))
                    .as(kind)
                    .contains("notify.receivers.ops.ca: no-such.pem cannot be read");
        }
        var pem = anyCertificate();
        Files.writeString(home.resolve("ours.pem"), pem);
        var read = load(receiver("webhook: https://example.org/x\nca: ours.pem"));
        assertThat(receiver(read, "ops").transport())
                .isInstanceOfSatisfying(
                        Transport.Webhook.class,
                        w -> assertThat(w.connection().authorities()).isEqualTo(pem));
        assertThat(problems(receiver("webhook: http://example.org/x\nca: ours.pem")))
                .contains("notify.receivers.ops.ca: is for https");
        assertThat(problems(receiver("slack: C1\nca: ours.pem"))).contains("no such key");
    }

    @Test
    void aSecretThatCannotBeAKeyIsFoundWhenItIsRead() throws IOException {
        for (var wrong : List.of("whsec_", "whsec_no Base64!", "whsec_a")) {
            var line = "begins with whsec_, so Base64 has to follow and it does not";
            assertThat(problems(receiver("webhook: https://example.org/x\nsecret: \"" + wrong + "\"")))
                    .as(wrong)
                    .contains("notify.receivers.ops.secret: " + line)
                    .doesNotContain("no Base64!");
            assertThat(problems("notify:\n  sources:\n    z: {kind: notices, secret: \"" + wrong + "\"}\n"))
                    .as(wrong)
                    .contains("notify.sources.z.secret: " + line);
        }
        assertThat(problems(receiver("webhook: https://example.org/x\nsecret: [\"whsec_c2VjcmV0\", \"\"]")))
                .contains("secret: is empty");
        assertThat(load(receiver("webhook: https://example.org/x\nsecret: [\"whsec_c2VjcmV0\", plain]"))
                        .receivers())
                .hasSize(1);
    }

    @Test
    void anAddressThatIsASecretIsNotRepeated() throws IOException {
        assertThat(problems(receiver("apprise: \"no address with s3cr3t-t0ken\"")))
                .contains("one address of Apprise")
                .doesNotContain("s3cr3t");
        assertThat(problems(receiver("slack_webhook: hooks.slack.com/s3cr3t-t0ken")))
                .contains("is not an address")
                .doesNotContain("s3cr3t");
        var notifyConfig = load(receiver("apprise: \"pover://userkey0123456789@apptoken0123456789\""));
        assertThat(notifyConfig.secrets().map(Config.Secret::reveal))
                .contains("pover://userkey0123456789@apptoken0123456789", "userkey0123456789", "apptoken0123456789");
        var hook = load(receiver("slack_webhook: https://hooks.slack.com/services/T0001/B0001/XyZ0123456789abcdef"));
        assertThat(hook.secrets().map(Config.Secret::reveal)).contains("XyZ0123456789abcdef");
        var plain = load(receiver("webhook: https://example.org/alerts/incoming"));
        assertThat(plain.secrets()).as("words that are no keys stay words").isEmpty();
    }

    @Test
    void aProgramIsToldMoreAtATimeThanPeopleUnlessItIsSaidOtherwise() throws IOException {
        var notifyConfig = load("notify:\n"
                + "  receivers:\n"
                + "    a: {webhook: \"https://x.example.org/y\"}\n"
                + "    b: {slack: C1}\n"
                + "    c: {webhook: \"https://x.example.org/y\", at_once: 2}\n");
        assertThat(receiver(notifyConfig, "a").atOnce()).isEqualTo(64);
        assertThat(receiver(notifyConfig, "b").atOnce()).isEqualTo(4);
        assertThat(receiver(notifyConfig, "c").atOnce()).isEqualTo(2);
        assertThat(problems(receiver("slack: C1\nat_once: 0"))).contains("at_once", "a number from 1 to 64");
    }

    @Test
    void whatHappensWhenAReceiverTakesNothingIsReadAndChecked() throws IOException {
        var receivers = "  receivers: {ops: {slack: C1}, night: {slack: C2}}\n";
        assertThat(load("notify:\n" + receivers).failing()).isEqualTo(NotifyConfig.Failing.USUAL);
        assertThat(load("notify:\n  give_up_after: 20m\n  fallback: night\n" + receivers)
                        .failing())
                .isEqualTo(new NotifyConfig.Failing(Duration.ofMinutes(20), Optional.of("night")));
        assertThat(problems("notify:\n  give_up_after: 1s\n  fallback: boss\n" + receivers))
                .contains(
                        "notify.give_up_after: \"1s\" is not a time from 10s to 24h",
                        "notify.fallback: \"boss\" is not a receiver (there are night, ops)");
    }

    @Test
    void ratesAndTemplatesAreRead() throws IOException {
        var notifyConfig = load("notify:\n"
                + "  templates: {title: above}\n"
                + "  receivers:\n"
                + "    ops: {slack: C1, rate: 100/12h, templates: {text: own}}\n"
                + "    hook: {slack_webhook: \"https://x.example.org/y\"}\n");
        var ops = receiver(notifyConfig, "ops");
        assertThat(ops.rate()).contains(new Rate(100, Duration.ofHours(12)));
        assertThat(ops.templates().title().orElseThrow().text()).isEqualTo("above");
        assertThat(ops.templates().text().orElseThrow().key()).isEqualTo("notify.receivers.ops.templates.text");
        assertThat(ops.templates().text().orElseThrow().place()).endsWith("playcall.yml:4");
        assertThat(receiver(notifyConfig, "hook").rate()).contains(new Rate(60, Duration.ofMinutes(1)));
        for (var wrong : List.of("30", "0/m", "-1/m", "30/x", "many/m", "30/0s")) {
            assertThat(problems(receiver("slack: C1\nrate: \"" + wrong + "\"")))
                    .as(wrong)
                    .contains("is not a rate");
        }
    }

    @Test
    void whoIsCalledIsReadInTheWordsOfThePlatform() throws IOException {
        var slack =
                load(receiver("slack: C1\nmention: {critical: [\"<!subteam^S01>\", \"<@U01>\"], error: \"@here\"}"));
        assertThat(receiver(slack, "ops").pings())
                .extracting(ReceiverConfig.Ping::who)
                .containsExactlyInAnyOrder(
                        List.of(new Mention(Mention.Kind.GROUP, "S01"), new Mention(Mention.Kind.PERSON, "U01")),
                        List.of(new Mention(Mention.Kind.HERE, "")));
        var discord = load(receiver("discord: \"123\"\nmention: {critical: [\"<@&456789>\", \"<@123456>\"]}"));
        assertThat(receiver(discord, "ops").pings().getFirst().who())
                .containsExactly(new Mention(Mention.Kind.GROUP, "456789"), new Mention(Mention.Kind.PERSON, "123456"));
        assertThat(problems(receiver("discord: \"123\"\nmention: {critical: \"<!subteam^S01>\"}")))
                .contains("is not a mention on discord");
        assertThat(problems(receiver("slack: C1\nmention: {critical: \"@alice\"}")))
                .contains("is not a mention on slack");
        assertThat(problems(receiver("ntfy: https://ntfy.sh/x\nmention: {critical: \"@here\"}")))
                .contains("no such key");
    }

    @Test
    void aFormOfASourceIsReadAndChecked() throws IOException {
        var good = load("notify:\n"
                + "  sources:\n"
                + "    z: {kind: json, token: t0ken, items: /a, map: {title: /t, event: fixed, labels: {h: /h}},"
                + " severities: {Five: critical}}\n");
        var form = Optional.ofNullable(good.sources().get("z"))
                .flatMap(NotifyConfig.Source::form)
                .orElseThrow();
        assertThat(form.items()).isEqualTo("/a");
        assertThat(form.fields()).containsEntry("title", "/t").containsEntry("event", "fixed");
        assertThat(form.severities()).containsEntry("five", "critical");
        assertThat(problems("notify:\n"
                        + "  sources:\n"
                        + "    z: {kind: json, token: t, items: a, map: {titel: /t, text: /a~b}, statuses:"
                        + " {x: maybe}}\n"))
                .contains(
                        "z.items: \"a\" is not a JSON pointer",
                        "map.title: an event needs a title",
                        "did you mean title?",
                        "map.text: \"/a~b\" is not a JSON pointer",
                        "statuses.x: \"maybe\" is not one of event, open, resolved");
    }
}
