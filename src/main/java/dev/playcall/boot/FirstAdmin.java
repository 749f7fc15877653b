package dev.playcall.boot;

import dev.playcall.config.Config.Secret;
import dev.playcall.domain.name.Person;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.AuditNote.AuditVerdict;
import dev.playcall.security.audit.Unrecorded;
import dev.playcall.security.identity.Accounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The first account as the environment of a container names it, where nobody can type a command or follow a link.
 *
 * @param user name of the account
 */
record FirstAdmin(String user, Secret password) {
    private static final String USER = "PLAYCALL_ADMIN_USER";
    private static final String PASSWORD = "PLAYCALL_ADMIN_PASSWORD";
    private static final String PASSWORD_FILE = "PLAYCALL_ADMIN_PASSWORD_FILE";

    /**
     * Empty where the environment names no account; a variable without text counts as not set.
     *
     * @throws IllegalStateException with one line for the operator when only half of it is there
     */
    public static Optional<FirstAdmin> of(Map<String, String> environment) {
        var user = value(environment, USER);
        var password = value(environment, PASSWORD);
        var file = value(environment, PASSWORD_FILE);
        if (user.isEmpty()) {
            if (password.isPresent() || file.isPresent()) {
                throw new IllegalStateException(
                        USER + ": not set, but there is a password for it; set it to the name of the account");
            }
            return Optional.empty();
        }
        if (password.isPresent() == file.isPresent()) {
            throw new IllegalStateException(USER + ": the account needs a password; set either " + PASSWORD + " or "
                    + PASSWORD_FILE + " (a file whose first line is the password)");
        }
        return Optional.of(
                new FirstAdmin(user.get(), new Secret(password.orElseGet(() -> firstLine(file.orElseThrow())))));
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank());
    }

    private static String firstLine(String file) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.findFirst().orElse("");
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(PASSWORD_FILE + ": " + file + " cannot be read", e);
        }
    }

    /**
     * Creates the account. Nothing is done that cannot be recorded.
     *
     * @throws IllegalStateException with one line for the operator when it is refused
     */
    public void create(Accounts accounts, AuditLog audit) {
        long request = record(audit, note(AuditVerdict.ASKED, ""));
        var refusal = accounts.addFirst(user, password.reveal()).refusal();
        var verdict = refusal.isPresent() ? AuditVerdict.REFUSED : AuditVerdict.DONE;
        record(audit, note(verdict, refusal.orElse("")).with(AuditNote.REQUEST, Long.toString(request)));
        refusal.ifPresent(why -> {
            throw new IllegalStateException(USER + ": the account " + user + " was not created: " + why);
        });
    }

    private static long record(AuditLog audit, AuditNote note) {
        try {
            return audit.record(note).sequence();
        } catch (RuntimeException e) {
            throw new IllegalStateException(USER + ": " + Unrecorded.refusal(e), e);
        }
    }

    private AuditNote note(AuditVerdict verdict, String reason) {
        var person = new Person("console:" + System.getProperty("user.name"));
        return new AuditNote(person, USER, "account.first", user, verdict, reason, new TreeMap<>());
    }
}
