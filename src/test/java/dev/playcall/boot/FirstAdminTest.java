package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.store.Database;
import dev.playcall.testing.Audits;
import dev.playcall.testing.WebAccessFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PLAYCALL_ADMIN_USER and its password. */
class FirstAdminTest {
    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:sqlite:" + folder.resolve("test.db"), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void create(Map<String, String> environment) {
        var accounts = WebAccessFixture.of(database, Optional.empty(), Clock.systemUTC())
                .identity()
                .accounts();
        FirstAdmin.of(environment).orElseThrow().create(accounts, Audits.of(database, folder));
    }

    @Test
    void theAccountOfTheEnvironmentIsAnAdminOnRecord() {
        create(Map.of("PLAYCALL_ADMIN_USER", "anna", "PLAYCALL_ADMIN_PASSWORD", "four words and more"));
        assertThat(database.accounts().list()).singleElement().satisfies(a -> {
            assertThat(a.name()).isEqualTo("anna");
            assertThat(a.admin()).isTrue();
        });
        assertThat(Audits.of(database, folder).after(0, 9).toString())
                .contains("account.first", "anna", "ASKED", "DONE")
                .doesNotContain("four words");
    }

    @Test
    void thePasswordMayBeTheFirstLineOfAFile() throws IOException {
        var file = Files.writeString(folder.resolve("password"), "four words and more\n");
        assertThat(FirstAdmin.of(
                        Map.of("PLAYCALL_ADMIN_USER", "anna", "PLAYCALL_ADMIN_PASSWORD_FILE", file.toString())))
                .map(a -> a.password().reveal())
                .contains("four words and more");
    }

    @Test
    void anEnvironmentWithoutTextNamesNobody() {
        assertThat(FirstAdmin.of(Map.of("PLAYCALL_ADMIN_USER", "", "PLAYCALL_ADMIN_PASSWORD", "")))
                .isEmpty();
    }

    @Test
    void whatIsHalfOrWrongIsRefusedInOneLine() {
        refused(Map.of("PLAYCALL_ADMIN_USER", "anna"), "PLAYCALL_ADMIN_USER: the account needs a password");
        refused(
                Map.of("PLAYCALL_ADMIN_USER", "a", "PLAYCALL_ADMIN_PASSWORD", "b", "PLAYCALL_ADMIN_PASSWORD_FILE", "c"),
                "set either PLAYCALL_ADMIN_PASSWORD or PLAYCALL_ADMIN_PASSWORD_FILE");
        refused(Map.of("PLAYCALL_ADMIN_PASSWORD", "four words and more"), "PLAYCALL_ADMIN_USER: not set");
        refused(
                Map.of("PLAYCALL_ADMIN_USER", "anna", "PLAYCALL_ADMIN_PASSWORD_FILE", "/none"),
                "PLAYCALL_ADMIN_PASSWORD_FILE: /none cannot be read");
        refused(Map.of("PLAYCALL_ADMIN_USER", "anna", "PLAYCALL_ADMIN_PASSWORD", "short"), "10 to 200 characters");
        refused(
                Map.of("PLAYCALL_ADMIN_USER", "Anna B", "PLAYCALL_ADMIN_PASSWORD", "four words and more"),
                "a name has up to 40");
        assertThat(database.accounts().list()).isEmpty();
    }

    private void refused(Map<String, String> environment, String why) {
        assertThatThrownBy(() -> create(environment))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(why);
    }
}
