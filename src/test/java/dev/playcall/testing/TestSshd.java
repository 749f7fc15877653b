package dev.playcall.testing;

import static org.awaitility.Awaitility.await;

import dev.playcall.config.file.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Real ssh servers on several loop-back addresses, each a host to Ansible, all for the user who runs the tests. */
public final class TestSshd implements AutoCloseable {
    private final Path folder;
    /** So many addresses one server listens on. */
    private static final int MOST = 16;

    private final List<Process> servers = new ArrayList<>();
    private final Optional<TestAccounts> accounts;
    private final StringBuilder inventory = new StringBuilder("all:\n  hosts:\n");

    /** @param count at most 250; for each 16 of them there is one server */
    public TestSshd(Path folder, int count) throws IOException, InterruptedException {
        this(folder, count, _ -> "");
    }

    /** @param more what the server's configuration says besides, given the address of the last host */
    public TestSshd(Path folder, int count, UnaryOperator<String> more) throws IOException, InterruptedException {
        this(folder, count, more, Optional.empty());
    }

    /** One host that lets a user in with a password, and where {@code su} asks for that of root. */
    public static TestSshd withPasswords(Path folder, String user, String password, String passwordOfRoot)
            throws IOException, InterruptedException {
        return new TestSshd(folder, 1, _ -> "", Optional.of(TestAccounts.of(folder, user, password, passwordOfRoot)));
    }

    private TestSshd(Path folder, int count, UnaryOperator<String> more, Optional<TestAccounts> accounts)
            throws IOException, InterruptedException {
        this.accounts = accounts;
        this.folder = Files.createDirectories(folder);
        Files.createDirectories(Path.of("/run/sshd"));
        key("host");
        key("client");
        var addresses =
                IntStream.rangeClosed(1, count).mapToObj(i -> "127.10.0." + i).toList();
        int port = freePort(addresses.getLast());
        for (int from = 0; from < count; from += MOST) {
            var some = addresses.subList(from, Math.min(count, from + MOST));
            servers.add(start(some, port, more.apply(addresses.getLast())));
        }
        for (int i = 1; i <= count; i++) {
            host("far" + i, addresses.get(i - 1), port);
        }
        Files.writeString(inventory(), inventory);
    }

    public Path inventory() {
        return folder.resolve("hosts.yml");
    }

    /** What a known_hosts file says of these hosts. */
    public String knownHosts() throws IOException {
        var key = Files.readString(folder.resolve("host.pub")).strip();
        return java.util.regex.Pattern.compile("ansible_host: (\\S+)\\s+ansible_port: (\\d+)")
                .matcher(inventory)
                .results()
                .map(m -> "[" + m.group(1) + "]:" + m.group(2) + " " + key + "\n")
                .collect(Collectors.joining());
    }

    /** {@code user@address:port} of the first of them, as it stands in an address of git. */
    public String place() {
        var found = java.util.regex.Pattern.compile("ansible_host: (\\S+)\\s+ansible_port: (\\d+)")
                .matcher(inventory);
        if (!found.find()) {
            throw new IllegalStateException("no server was started");
        }
        return System.getProperty("user.name") + "@" + found.group(1) + ":" + found.group(2);
    }

    public ProcessHandle process() {
        return servers.getFirst().toHandle();
    }

    /** The private key that these hosts let in. */
    public String clientKey() throws IOException {
        return Files.readString(folder.resolve("client"));
    }

    private void key(String name) throws IOException, InterruptedException {
        var file = folder.resolve(name).toString();
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file)
                .start()
                .waitFor();
    }

    private static int freePort(String address) throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return free.getLocalPort();
        }
    }

    private Process start(List<String> addresses, int port, String more) throws IOException {
        var config = Files.writeString(
                folder.resolve("sshd-" + addresses.getFirst() + ".conf"),
                addresses.stream().map(a -> "ListenAddress " + a + "\n").collect(Collectors.joining())
                        + """
                        Port %d
                        HostKey %s
                        AuthorizedKeysFile %s
                        StrictModes no
                        UsePAM no
                        PermitRootLogin yes
                        PasswordAuthentication %s
                        PidFile none
                        MaxStartups 100
                        # Says to bash that it is not the first shell, so that no command reads the .bashrc of whoever runs the tests.
                        SetEnv SHLVL=1
                        %s
                        """.formatted(
                                        port,
                                        folder.resolve("host"),
                                        folder.resolve("client.pub"),
                                        accounts.isPresent() ? "yes" : "no",
                                        more));
        var command = accounts.map(a -> a.command("/usr/sbin/sshd -D -e -f '" + config + "'"))
                .orElseGet(() -> List.of("/usr/sbin/sshd", "-D", "-e", "-f", config.toString()));
        var started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("sshd.log").toFile()))
                .start();
        await().until(() -> answers(addresses.getLast(), port));
        return started;
    }

    private void host(String name, String address, int port) {
        inventory.append("""
                %s:
                  ansible_host: %s
                  ansible_port: %d
                  ansible_user: %s
                  ansible_python_interpreter: /usr/bin/python3
            """.formatted(
                        name,
                        address,
                        port,
                        accounts.map(TestAccounts::user).orElseGet(() -> System.getProperty("user.name"))));
        if (accounts.isEmpty()) {
            inventory.append("""
                      ansible_ssh_private_key_file: %s
                      ansible_ssh_common_args: -F /dev/null -o UserKnownHostsFile=/dev/null
                """.formatted(folder.resolve("client")));
        }
    }

    private static boolean answers(String address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        for (var server : servers) {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly();
        }
        accounts.ifPresent(a -> remove(a.home()));
    }

    private static void remove(Path home) {
        try {
            FileTrees.delete(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
