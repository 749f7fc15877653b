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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A mail server that answers as it is told to, word by word; a command that is not told of is answered well. */
final class SmtpScript implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    SmtpScript() throws IOException {
        Thread.ofVirtual().start(this::listen);
    }

    /** @param command {@code HELLO} for the greeting, {@code BODY} for the end of the mail; an empty answer never comes */
    SmtpScript says(String command, String answer) {
        answers.put(command, answer);
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
                var visitor = socket.accept();
                Thread.ofVirtual().start(() -> talk(visitor));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket visitor) {
        try (visitor;
                var in = new BufferedReader(
                        new InputStreamReader(visitor.getInputStream(), StandardCharsets.ISO_8859_1))) {
            answer(visitor, "HELLO", "220 hello");
            boolean body = false;
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                heard.add(line);
                if (body && line.equals(".")) {
                    body = false;
                    answer(visitor, "BODY", "250 taken");
                } else if (!body) {
                    var command = line.split("[ :]", 2)[0].toUpperCase(java.util.Locale.ROOT);
                    answer(visitor, answers.containsKey(line) ? line : command, usual(command));
                    body = command.equals("DATA") && !answers.containsKey("DATA");
                }
            }
        } catch (IOException | InterruptedException e) {
            // the other side hung up
        }
    }

    private static String usual(String command) {
        return switch (command) {
            case "EHLO" -> "250-here\r\n250 AUTH PLAIN LOGIN";
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            case "AUTH" -> "235 welcome";
            default -> "250 ok";
        };
    }

    private void answer(Socket visitor, String command, String usual) throws IOException, InterruptedException {
        var answer = answers.getOrDefault(command, usual);
        if (answer.isEmpty()) {
            closed.await();
        }
        visitor.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        visitor.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
    }
}
