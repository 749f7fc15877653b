package dev.playcall.web;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a browser does with cookies and forms, step by step. */
public final class Browser implements AutoCloseable {
    private static final Pattern PROOF = Pattern.compile("name=\"csrf(?:-token)?\" (?:value|content)=\"([^\"]+)\"");

    private final Supplier<URI> address;
    private final HttpClient http = HttpClient.newHttpClient();
    public final Map<String, String> cookies = new HashMap<>();
    private String proof = "";

    public Browser(WebFixture fixture) {
        this(() -> fixture.server.address());
    }

    /** @param address of the server as it is now */
    public Browser(Supplier<URI> address) {
        this.address = address;
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).header("Accept", "text/html"));
    }

    /** Sends a form as the last page had it. */
    public HttpResponse<String> submit(String path, Map<String, String> fields, String... headers)
            throws IOException, InterruptedException {
        var all = new HashMap<>(Map.of("csrf", proof));
        all.putAll(fields);
        return form(path, all, headers);
    }

    /** Sends exactly these fields. */
    public HttpResponse<String> form(String path, Map<String, String> fields, String... headers)
            throws IOException, InterruptedException {
        var text = fields.entrySet().stream()
                .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path, headers)
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(text)));
    }

    public HttpResponse<String> post(String path, String json, String... headers)
            throws IOException, InterruptedException {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    /** What a script of a page sends: with the session, and the proof that it is from there. */
    public HttpResponse<String> json(String method, String path, String body) throws IOException, InterruptedException {
        return send(request(path, "X-CSRF-Token", proof)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> login(String name, String password) throws IOException, InterruptedException {
        get("/login");
        return submit("/login", Map.of("name", name, "password", password));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var builder = HttpRequest.newBuilder(URI.create(address.get() + path));
        if (!cookies.isEmpty()) {
            builder.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(c -> c.getKey() + "=" + c.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), BodyHandlers.ofString());
        for (var cookie : answer.headers().allValues("Set-Cookie")) {
            var pair = cookie.split(";", 2)[0].split("=", 2);
            if (pair[1].isEmpty()) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        var found = PROOF.matcher(answer.body());
        if (found.find()) {
            proof = found.group(1);
        }
        return answer;
    }

    /** What the last page that had one gave for its forms. */
    public String proof() {
        return proof;
    }

    @Override
    public void close() {
        http.close();
    }
}
