package dev.playcall.web;

import dev.playcall.web.http.Samples;
import java.io.IOException;
import java.nio.file.Files;

/** The pages with something on them, for whoever wants to look at them while changing them. */
final class SampleServer {
    private SampleServer() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var fixture = new WebFixture(Files.createTempDirectory("playcall-web"));
        Samples.of(fixture);
        System.out.println("sample on " + fixture.server.address());
        Thread.currentThread().join();
    }
}
