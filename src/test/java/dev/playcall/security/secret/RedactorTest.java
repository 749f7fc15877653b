package dev.playcall.security.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedactorTest {
    private static final String SECRET = "p&ss \"w<ö>rd\\'7+/%";

    private static String clean(String secret, String text) {
        return new Redactor(List.of(secret)).redact(text);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatHoldsNoSecretIsTheSameObject() {
        var text = "nothing to see";
        assertThat(clean(SECRET, text)).isSameAs(text);
    }

    @Test
    void aSecretIsMaskedHoweverItIsWritten() {
        var spelled = List.of(
                SECRET,
                "p&ss \\\"w<ö>rd\\\\'7+/%",
                "p&ss \\\"w<\\u00f6>rd\\\\'7+/%",
                "p&amp;ss &#34;w&lt;ö&gt;rd\\&#39;7+/%",
                "p&amp;ss &quot;w&lt;ö&gt;rd\\&#x27;7+/%",
                "p&ss \"w<ö>rd\\'\"'\"'7+/%",
                URLEncoder.encode(SECRET, StandardCharsets.UTF_8),
                URLEncoder.encode(SECRET, StandardCharsets.UTF_8).replace("+", "%20"),
                "p%26ss%20%22w%3c%c3%b6%3erd%5c%277%2b%2f%25",
                HexFormat.of().formatHex(SECRET.getBytes(StandardCharsets.UTF_8)),
                base64(SECRET),
                base64(SECRET).replace("=", ""),
                base64(SECRET).replace('+', '-').replace('/', '_'));
        for (var s : spelled) {
            assertThat(clean(SECRET, "before " + s + " after")).as(s).isEqualTo("before [secret] after");
        }
    }

    @Test
    void aSecretInTheMiddleOfEncodedTextIsMaskedToo() {
        for (var around : List.of("", "u", "us", "user:", "user:x")) {
            var encoded = base64(around + "correct horse battery" + around);
            var clean = clean("correct horse battery", "Basic " + encoded);
            assertThat(clean).as(around).contains("[secret]").doesNotContain(encoded);
            for (int i = 0; i + 8 <= encoded.length(); i++) {
                var piece = encoded.substring(i, i + 8);
                var text = new String(Base64.getDecoder().decode(piece.replace("=", "A")), StandardCharsets.UTF_8);
                assertThat(!clean.contains(piece) || !"correct horse battery".contains(text))
                        .as("%s in %s", piece, clean)
                        .isTrue();
            }
        }
    }

    @Test
    void everyLineOfASecretIsMaskedWhereverItStands() {
        var key = "-----BEGIN KEY-----\nfirst-line-of-it\n\nsecond line of it\n-----END KEY-----\n";
        assertThat(clean(key, "+ first-line-of-it\n+   second line of it\n+ other"))
                .isEqualTo("+ [secret]\n+   [secret]\n+ other");
    }

    @Test
    void longSecretsAreFoundInBase64ThatWasBrokenIntoLines() {
        var secret = "0123456789".repeat(20);
        var mime = Base64.getMimeEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        assertThat(clean(secret, mime).replace("[secret]", "").strip()).isEmpty();
    }

    @Test
    void whatWasCutShortShowsNoPieceOfASecret() {
        var secret = "hunter2-hunter3-hunter4";
        assertThat(clean(secret, "the password is hunter2-hun…")).isEqualTo("the password is [secret]…");
        assertThat(clean(secret, "{\"msg\":\"x hunter2-hun\\u2026\"}")).isEqualTo("{\"msg\":\"x [secret]\\u2026\"}");
        assertThat(clean(secret, "…er3-hunter4 is it")).isEqualTo("…[secret] is it");
        assertThat(clean(secret, "a hunter was here…")).isEqualTo("a hunter was here…");
    }

    @Test
    void overlappingSecretsLeaveNothingOfEither() {
        var redactor = new Redactor(List.of("abcdef", "defghi", "cdef"));
        assertThat(redactor.redact("xabcdefghix")).isEqualTo("x[secret]x");
        assertThat(redactor.redact("abcdefabcdef")).isEqualTo("[secret][secret]");
    }

    @Test
    void aShortValueDoesNotBlackOutOrdinaryWords() {
        assertThat(clean("on", "on and on")).isEqualTo("on and on");
    }

    @Test
    void itLearnsWhileItIsInUse() {
        var redactor = new Redactor(List.of());
        assertThat(redactor.isIdle()).isTrue();
        assertThat(redactor.redact("s3cret!")).isEqualTo("s3cret!");
        redactor.learn(List.of("s3cret!"));
        assertThat(redactor.redact("s3cret!")).isEqualTo("[secret]");
    }

    @Test
    void aTextCanBeCutWithoutCuttingASecret() {
        var redactor = new Redactor(List.of("hunter2-hunter3"));
        var text = "x".repeat(20) + "hunter2-hun";
        assertThat(redactor.settled(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(20);
        assertThat(redactor.settled("plain".getBytes(StandardCharsets.UTF_8))).isEqualTo(5);
    }

    @Test
    void ofManySecretsInMuchTextNoneIsLeft() {
        var random = new Random(7);
        var secrets = random.ints(300, 0, Integer.MAX_VALUE)
                .mapToObj(i -> "s" + Integer.toString(i, 36) + "-" + i)
                .toList();
        var redactor = new Redactor(secrets);
        var text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("line ")
                    .append(i)
                    .append(' ')
                    .append(secrets.get(i % 300))
                    .append('\n');
        }
        var clean = redactor.redact(text.toString());
        assertThat(secrets).noneMatch(clean::contains);
        assertThat(clean).hasLineCount(20_000);
    }
}
