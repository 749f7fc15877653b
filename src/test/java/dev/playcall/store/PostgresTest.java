package dev.playcall.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.domain.name.Person;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.AuditSignature;
import dev.playcall.testing.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told of a PostgreSQL that cannot be used: one line, without the password. */
class PostgresTest {
    private PostgresServer server;

    @BeforeEach
    void connect() {
        server = PostgresServer.shared();
    }

    private static AbstractStringAssert<?> refusal(String url) {
        return assertThatThrownBy(() -> Database.open(url, Clock.systemUTC()))
                .isInstanceOf(IllegalStateException.class)
                .message()
                .doesNotContain("\n", "secret", "password=");
    }

    @Test
    void aWrongPasswordIsToldWithTheKeyThatHasIt() {
        refusal(server.place("postgres") + "?user=postgres&password=secret")
                .isEqualTo(
                        "the database " + server.place("postgres") + " cannot be used: password authentication failed"
                                + " for user \"postgres\" (store.user and store.password)");
    }

    @Test
    void aDatabaseThatIsNotThereIsToldWithHowItIsMade() {
        refusal(server.url("nowhere")).contains("database \"nowhere\" does not exist (create database ");
    }

    @Test
    void aServerThatDoesNotAnswerIsToldWithItsAddress() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        refusal("jdbc:postgresql://127.0.0.1:" + port + "/playcall?user=playcall&password=secret")
                .contains("cannot be used: Connection to 127.0.0.1:" + port + " refused");
    }

    @Test
    void aUrlWithoutADatabaseIsRefused() {
        for (var url : new String[] {
            "jdbc:postgresql:playcall", "jdbc:postgresql://db", "jdbc:postgresql://db/?password=secret"
        }) {
            refusal(url).contains("names no database");
        }
        refusal("jdbc:postgresql://playcall:secret@db/playcall").contains("there is a user in the address");
    }

    @Test
    void anotherEncodingThanUtf8IsRefused() {
        server.sql("create database latin template template0 encoding 'LATIN1' locale 'C'");
        refusal(server.url("latin")).contains("its encoding is LATIN1, and UTF8 is needed");
    }

    @Test
    void aUserWhoMayNotMakeTablesIsTold() {
        var name = server.create();
        server.sql("create role guest login password 'secret'");
        refusal(server.place(name) + "?user=guest&password=secret")
                .contains("permission denied for schema public (the user has to own the database)");
    }

    @Test
    void anEntryOfTheAuditLogWithACharacterThatIsNotKeptIsStillVerified(@TempDir Path data) {
        try (var database = Database.open(server.url(server.create()), Clock.systemUTC())) {
            var log = new AuditLog(database.audit(), new AuditSignature(data), text -> text, Clock.systemUTC());
            log.record(AuditNote.done(new Person("console:alice"), "cli", "start", "deploy\0 production")
                    .with(AuditNote.ENVIRONMENT, "prod\0uction"));
            assertThat(log.verify().findings()).isEmpty();
        }
    }

    @Test
    void aSecondGatewayIsRefusedAndACommandIsNot() {
        var url = server.url(server.create());
        try (var gateway = Database.openForGateway(url, Optional.empty(), Clock.systemUTC())) {
            assertThatThrownBy(() -> Database.openForGateway(url, Optional.empty(), Clock.systemUTC()))
                    .hasMessageContaining("another gateway uses this database; stop it first");
            try (var command = Database.open(url, Clock.systemUTC())) {
                assertThat(command.isHealthy()).isTrue();
            }
            assertThat(gateway.server()).hasValueSatisfying(s -> assertThat(s).startsWith("PostgreSQL "));
        }
        Database.openForGateway(url, Optional.empty(), Clock.systemUTC()).close();
    }
}
