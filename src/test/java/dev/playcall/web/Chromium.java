package dev.playcall.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the browser of this machine, one process for all of them. */
public final class Chromium implements ParameterResolver {
    /** The first is the same browser without windows, which takes half of the time. */
    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome");

    /** Closed by JUnit after the last test. */
    record Running(Playwright playwright, Browser browser) implements AutoCloseable {
        static Running start() {
            var playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            return new Running(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(program())
                                    // It refuses to start as root otherwise; it shows nothing but our own pages.
                                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage"))));
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }

    private static Path program() {
        var folders = Optional.ofNullable(System.getenv("PATH")).orElse("").split(":");
        return Stream.concat(
                        Optional.ofNullable(System.getenv("PLAYCALL_CHROMIUM")).map(Path::of).stream(),
                        NAMES.stream().flatMap(n -> Arrays.stream(folders).map(f -> Path.of(f, n))))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "these tests need a Chromium: apt-get install chromium, or set PLAYCALL_CHROMIUM to one"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Chromium.class))
                .getOrComputeIfAbsent(Running.class, _ -> Running.start(), Running.class)
                .browser();
    }
}
