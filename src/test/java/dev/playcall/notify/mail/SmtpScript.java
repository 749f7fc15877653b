package dev.playcall.notify.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that answers as it is told to, word by word; a command that is not told of is answered well. */
final class SmtpScript implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<SSLContext> tls = Optional.empty();

    SmtpScript() throws IOException {
        Thread.ofVirtual().start(this::listen);
    }

    /** @param command {@code HELLO} for the greeting, {@code BODY} for the end of the mail; an empty answer never comes */
    SmtpScript says(String command, String answer) {
        answers.put(command, answer);
        return this;
    }

    /** From {@code STARTTLS} on it speaks with this certificate, as RFC 3207 has it. */
    SmtpScript encrypts(SSLContext with) {
        this.tls = Optional.of(with);
        return this;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What was said to it. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                var webCaller = socket.accept();
                Thread.ofVirtual().start(() -> talk(webCaller));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket webCaller) {
        try (webCaller) {
            answer(webCaller, "HELLO", "220 hello");
            if (listen(webCaller) && tls.isPresent()) {
                try (var secret = (SSLSocket) tls.get().getSocketFactory().createSocket(webCaller, null, true)) {
                    secret.setUseClientMode(false);
                    secret.startHandshake();
                    heard.add("(encrypted)");
                    listen(secret);
                }
            }
        } catch (IOException | InterruptedException e) {
            // the other side hung up
        }
    }

    /** Until it hangs up, or whether it wants to go on encrypted. */
    private boolean listen(Socket webCaller) throws IOException, InterruptedException {
        var in = new BufferedReader(new InputStreamReader(webCaller.getInputStream(), StandardCharsets.ISO_8859_1));
        boolean body = false;
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            heard.add(line);
            if (body && line.equals(".")) {
                body = false;
                answer(webCaller, "BODY", "250 taken");
            } else if (!body) {
                var command = line.split("[ :]", 2)[0].toUpperCase(java.util.Locale.ROOT);
                if (command.equals("STARTTLS") && tls.isPresent()) {
                    answer(webCaller, command, "220 go on");
                    return true;
                }
                answer(
                        webCaller,
                        answers.containsKey(line) ? line : command,
                        usual(command, !(webCaller instanceof SSLSocket)));
                body = command.equals("DATA") && !answers.containsKey("DATA");
            }
        }
        return false;
    }

    private String usual(String command, boolean open) {
        return switch (command) {
            case "EHLO" -> tls.isPresent() && open ? "250-here\r\n250 STARTTLS" : "250-here\r\n250 AUTH PLAIN LOGIN";
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            case "AUTH" -> "235 welcome";
            default -> "250 ok";
        };
    }

    private void answer(Socket webCaller, String command, String usual) throws IOException, InterruptedException {
        var answer = answers.getOrDefault(command, usual);
        if (answer.isEmpty()) {
            closed.await();
        }
        webCaller.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        webCaller.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
    }
}
