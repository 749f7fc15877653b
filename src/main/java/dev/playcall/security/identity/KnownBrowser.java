package dev.playcall.security.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a browser keeps of a login, so that the wrong tries of others do not hold it up the next time (a device cookie, as OWASP
 * calls it). It lets nobody in: the password is asked for as ever. It is signed with what is kept of the password, so it
 * is good for one account and ends when that gets another password.
 */
final class KnownBrowser {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final int BYTES = 16;

    private KnownBrowser() {}

    static Credential issue(AccountStore.Kept account, SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var id = TEXT.encodeToString(bytes);
        return new Credential(id + "." + signature(account, id));
    }

    /** The name of the browser, if this was made for that account. */
    static Optional<String> of(AccountStore.Kept account, Credential shown) {
        var parts = shown.reveal().split("\\.", 2);
        boolean right =
                parts.length == 2 && MessageDigest.isEqual(bytes(parts[1]), bytes(signature(account, parts[0])));
        return right ? Optional.of(parts[0]) : Optional.empty();
    }

    private static String signature(AccountStore.Kept account, String id) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(account.password()), "HmacSHA256"));
            return TEXT.encodeToString(
                    mac.doFinal(bytes("browser " + account.account().name() + " " + id)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
