package dev.playcall.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Real ssh servers on loop-back addresses, each a host to Ansible, all for the user who runs the tests. */
public final class TestSshd implements AutoCloseable {
    private final Path folder;
    private final List<Process> servers = new ArrayList<>();
    private final StringBuilder inventory = new StringBuilder("all:\n  hosts:\n");

    public TestSshd(Path folder, int count) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        Files.createDirectories(Path.of("/run/sshd"));
        key("host");
        key("client");
        for (int i = 1; i <= count; i++) {
            start("127.10.0." + i, "far" + i);
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
                .collect(java.util.stream.Collectors.joining());
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

    private void start(String address, String host) throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            port = free.getLocalPort();
        }
        var config = Files.writeString(folder.resolve(host + ".conf"), """
                ListenAddress %s
                Port %d
                HostKey %s
                AuthorizedKeysFile %s
                StrictModes no
                UsePAM no
                PermitRootLogin yes
                PasswordAuthentication no
                PidFile none
                """.formatted(
                        address, port, folder.resolve("host"), folder.resolve("client.pub")));
        servers.add(new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(host + ".log").toFile())
                .start());
        await().until(() -> answers(address, port));
        inventory.append("""
                    %s:
                      ansible_host: %s
                      ansible_port: %d
                      ansible_user: %s
                      ansible_python_interpreter: /usr/bin/python3
                      ansible_ssh_private_key_file: %s
                      ansible_ssh_common_args: -F /dev/null -o UserKnownHostsFile=/dev/null
                """.formatted(host, address, port, System.getProperty("user.name"), folder.resolve("client")));
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
    }
}
