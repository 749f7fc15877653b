package dev.playcall.security.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.security.identity.Identity.PasswordCost;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords = new Passwords(PasswordCost.RECOMMENDED, new SecureRandom());

    @Test
    void aPasswordIsKeptAsArgon2idWithTheCostAndASaltOfItsOwn() {
        var first = passwords.hash("correct horse battery");
        assertThat(first).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("correct");
        assertThat(passwords.hash("correct horse battery")).isNotEqualTo(first);
        assertThat(passwords.matches("correct horse battery", first)).isTrue();
        assertThat(passwords.matches("correct horse batterz", first)).isFalse();
        assertThat(passwords.matches("", first)).isFalse();
    }

    @Test
    void aHashOfAnotherProgramIsUnderstood() {
        // Made by the reference implementation: argon2 somesalt -id -t 2 -m 16 -p 1
        var known = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertThat(passwords.matches("password", known)).isTrue();
        assertThat(passwords.matches("Password", known)).isFalse();
    }

    @Test
    void lookingForNobodyIsACalculationToo() {
        passwords.matchesDummy("correct horse battery");
    }
}
