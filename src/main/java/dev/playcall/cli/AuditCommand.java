package dev.playcall.cli;

import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.client.OutputOptions;
import dev.playcall.config.Config;
import dev.playcall.domain.name.Person;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditLog.AuditException;
import dev.playcall.security.audit.AuditSignature;
import dev.playcall.security.secret.Redactor;
import dev.playcall.store.Database;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The audit log: looked at, verified and written out. Also while a gateway adds to it. */
@Command(
        name = "audit",
        header = "show, verify or export the audit log",
        footer = {
            "",
            "Example:",
            "  audit alice production refused since 7d",
            "",
            "Exit code of verify: 0 intact, 1 altered."
        })
final class AuditCommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Parameters(arity = "0..*", paramLabel = "WHAT", description = "a person, an environment, #run, refused, since 7d")
    @Nullable
    List<String> words;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        var all = new ArrayList<>(List.of("audit"));
        Optional.ofNullable(words).ifPresent(all::addAll);
        return root().runChatCommand(all, GatewayMode.READING, output.record());
    }

    @Command(name = "verify", description = "verify that no entry was changed, moved, added or removed")
    int verify(
            @Option(
                            names = "--head",
                            paramLabel = "SEQUENCE:HASH",
                            description = "require this entry, printed by an earlier verification")
                    @Nullable
                    String head) {
        return with(root().load(), audit -> {
            var report = audit.verify();
            var out = root().out();
            report.accepted().forEach(out::println);
            report.findings().forEach(f -> out.println("✗ " + f));
            boolean there = head == null || isThere(audit, head, out);
            if (report.isSound() && there) {
                out.println("✓ " + report.entries() + " entries verified; the last is " + report.head());
            }
            out.flush();
            return report.isSound() && there ? Main.OK : Main.FAILED;
        });
    }

    private static boolean isThere(AuditLog audit, String head, PrintWriter out) {
        if (!head.matches("[1-9]\\d{0,17}:[0-9a-f]{64}")) {
            throw new RefusedException("--head: \"" + head + "\" is not in the form that verify prints (118:3fa9…)");
        }
        long sequence = Long.parseLong(head.substring(0, head.indexOf(':')));
        boolean there =
                audit.after(sequence - 1, 1).stream().anyMatch(k -> (k.sequence() + ":" + k.hash()).equals(head));
        if (!there) {
            out.println("✗ entry " + sequence + " differs from the noted one");
        }
        return there;
    }

    @Command(name = "accept", description = "accept what verify found, for example after restoring a backup")
    int accept(
            @Option(names = "--reason", required = true, description = "reason, recorded in the audit log")
                    String reason) {
        return with(root().load(), audit -> {
            var person = new Person("console:" + System.getProperty("user.name", "unknown"));
            var accepted = audit.accept(person, "cli", reason);
            var out = root().out();
            accepted.forEach(f -> out.println("accepted: " + f));
            out.println(accepted.isEmpty() ? "Nothing to accept." : "Recorded.");
            out.flush();
            return Main.OK;
        });
    }

    @Command(name = "export", description = "export every entry in order to standard output")
    int export(
            @Option(names = "--format", defaultValue = "csv", description = "csv, or json: one object on each line")
                    String format) {
        var lines = AuditExport.of(format)
                .orElseThrow(() -> new RefusedException("--format: \"" + format + "\" is not csv or json"));
        return with(root().load(), audit -> {
            var out = root().out();
            lines.write(audit, out);
            out.flush();
            return Main.OK;
        });
    }

    private PlaycallCommand root() {
        return Objects.requireNonNull(root);
    }

    /** Straight from the files: a gateway that was tampered with is not the one to ask. */
    private static int with(Config config, Function<AuditLog, Integer> work) {
        var clock = Clock.systemUTC();
        try (var database = Database.open(config.store().url(), clock)) {
            var signature = new AuditSignature(config.paths().data());
            return work.apply(new AuditLog(database.audit(), signature, new Redactor(config.secrets())::redact, clock));
        } catch (AuditException | IllegalStateException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }
}
