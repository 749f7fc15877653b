package dev.playcall.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.security.identity.Accounts.AccountChange;
import dev.playcall.store.Database;
import dev.playcall.testing.WebAccessFixture;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebSettingsTest {
    @TempDir
    Path folder;

    @Test
    void theConsoleInvitesUntilThereIsAnAccount() {
        try (var database = Database.open("jdbc:sqlite:" + folder.resolve("test.db"), Clock.systemUTC())) {
            var identity = WebAccessFixture.of(database, Optional.empty(), Clock.systemUTC())
                    .identity();
            var line = AccessServices.invitation(identity, "https://ops.example.com/")
                    .orElseThrow();
            assertThat(line).matches(".* https://ops\\.example\\.com/setup\\?key=[\\w-]{43}");
            var key = line.substring(line.indexOf("key=") + 4);
            assertThat(identity.firstStart().isOpen(key)).isTrue();
            assertThat(identity.accounts().add("anna", true, "four words and more"))
                    .isEqualTo(new AccountChange.Done());
            assertThat(AccessServices.invitation(identity, "https://ops.example.com"))
                    .isEmpty();
            assertThat(identity.firstStart().isOpen(key)).isFalse();
        }
    }
}
