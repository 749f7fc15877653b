package dev.playcall.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Accounts with passwords that only one program sees, in the place of this machine's: needs root, changes nothing.
 *
 * @param user the one besides root
 * @param home of that user, where this machine finds it too
 */
record TestAccounts(String user, Path home, Path passwd, Path shadow) {
    private static final int NUMBER = 47_111;

    static TestAccounts of(Path folder, String user, String password, String passwordOfRoot)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var home = Files.createTempDirectory("accounts");
        new ProcessBuilder("chown", NUMBER + ":" + NUMBER, home.toString())
                .start()
                .waitFor();
        var passwd = Files.writeString(
                folder.resolve("passwd"),
                Files.readString(Path.of("/etc/passwd"))
                        + "%s:x:%d:%d::%s:/bin/sh\n".formatted(user, NUMBER, NUMBER, home));
        var shadow = Files.writeString(folder.resolve("shadow"), line("root", passwordOfRoot) + line(user, password));
        return new TestAccounts(user, home, passwd, shadow);
    }

    private static String line(String user, String password) throws IOException {
        var process = new ProcessBuilder("openssl", "passwd", "-6", password).start();
        var hash = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return user + ":" + hash + ":19000:0:99999:7:::\n";
    }

    /** The same program, which sees these accounts. */
    List<String> command(String program) {
        return List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount --bind '%s' /etc/passwd && mount --bind '%s' /etc/shadow && exec %s"
                        .formatted(passwd, shadow, program));
    }
}
