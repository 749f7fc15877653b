package dev.playcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Somebody at a browser, who notices whatever a page does that it should not. */
public final class BrowserPage implements AutoCloseable {
    public static final Size DESK = new Size("desk", 1280, 900);
    public static final Size PHONE = new Size("phone", 360, 780);

    /**
     * A rule of axe has one impact, so those of which nothing would be told are left out. On another screen the colours of
     * a page are the same, and they take most of the time. In the middle of a long log the lines are made as those at its
     * ends.
     */
    private static final String LOOK = """
        async again => {
          const told = r => ['serious', 'critical'].includes(r.impact);
          const off = axe._audit.rules.filter(r => r.impact && !told(r)).map(r => r.id);
          if (again) off.push('color-contrast');
          const rules = Object.fromEntries(off.map(id => [id, {enabled: false}]));
          const alike = '#lines > :nth-child(n+40):not(:nth-last-child(-n+40))';
          const found = await axe.run({exclude: [[alike]]}, {resultTypes: ['violations'], rules});
          return {v: found.violations.filter(told)
              .map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))};
        }\
        """;

    /** Words that would fit into a line and are taken apart, because what they stand in is too narrow. */
    private static final String BROKEN = """
        () => {
          const found = [];
          for (const e of document.querySelectorAll('button, .button, th, td, dt, dd, label, li, p')) {
            if (e.closest('#lines, pre, .CodeMirror, .hear') || !e.checkVisibility()) continue;
            for (const n of e.childNodes) {
              if (n.nodeType !== 3) continue;
              for (const word of n.data.matchAll(/[A-Za-z]{4,12}/g)) {
                const range = document.createRange();
                range.setStart(n, word.index);
                range.setEnd(n, word.index + word[0].length);
                const tops = new Set([...range.getClientRects()].map(r => Math.round(r.top)));
                const before = n.data.slice(0, word.index).match(/\\S*$/)[0];
                const whole = before + n.data.slice(word.index).match(/^\\S*/)[0];
                if (tops.size > 1 && whole.length <= 12) found.push(e.tagName + ': ' + whole);
              }
            }
          }
          return found.slice(0, 5);
        }\
        """;

    private final WebFixture fixture;
    private final BrowserContext context;
    private Size size;
    public final Page page;
    private final List<String> complaints = new ArrayList<>();

    record Size(String name, int width, int height) {}

    public BrowserPage(Browser browser, WebFixture fixture, Size size) {
        this(browser, fixture, size, ColorScheme.LIGHT);
    }

    public BrowserPage(Browser browser, WebFixture fixture, Size size, ColorScheme colours) {
        this(browser, fixture, size, colours, "UTC");
    }

    /** @param zone the time zone of the browser, {@code Europe/Berlin} */
    public BrowserPage(Browser browser, WebFixture fixture, Size size, ColorScheme colours, String zone) {
        this.fixture = fixture;
        this.size = size;
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(size.width(), size.height())
                .setHasTouch(size.width() < 500)
                .setColorScheme(colours)
                .setTimezoneId(zone)
                .setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(10_000);
        page = context.newPage();
        watch(page);
    }

    private void watch(Page watched) {
        var ours = fixture.server.address().getAuthority();
        watched.onConsoleMessage(m -> {
            // A refused wish and a gateway that is away are told by the browser too; what scripts and the policy say
            // counts.
            boolean network =
                    m.text().startsWith("Failed to load resource") || m.text().contains("WebSocket connection to");
            if (m.type().equals("error") && !network) {
                complaints.add("console: " + m.text());
            }
        });
        watched.onPageError(e -> complaints.add("script: " + e));
        watched.onDialog(d -> {
            if (d.type().equals("confirm")) {
                d.accept();
            } else {
                complaints.add("dialog: " + d.message());
                d.dismiss();
            }
        });
        watched.onRequest(r -> {
            var to = URI.create(r.url().replaceAll("[?#].*", "")).getAuthority();
            if (!ours.equals(to)) {
                complaints.add("request to " + r.url());
            }
        });
    }

    public BrowserPage to(String path) {
        page.navigate(fixture.server.address() + path);
        page.waitForSelector("#link.on");
        return this;
    }

    /** The same page on another screen. */
    public BrowserPage as(Size other) {
        size = other;
        page.setViewportSize(other.width(), other.height());
        return this;
    }

    public BrowserPage login(String name, String password) {
        page.navigate(fixture.server.address() + "/login");
        page.fill("[name=name]", name);
        page.fill("[name=password]", password);
        page.keyboard().press("Enter");
        page.waitForSelector("#link.on");
        return this;
    }

    /** What this page weighs, as it came over the line. */
    public long bytes() {
        return ((Number) page.evaluate("['navigation', 'resource'].flatMap(t => performance.getEntriesByType(t))"
                        + ".reduce((sum, e) => sum + e.encodedBodySize, 0)"))
                .longValue();
    }

    /** Finds what keeps people from using it, and with {@code -Dscreenshots=true} keeps what is seen for whoever looks. */
    public BrowserPage looksWell(String name) {
        // What was asserted before may be there already while the style sheet is still on its way.
        page.waitForLoadState();
        if (Boolean.getBoolean("screenshots")) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of("target/screenshots", name + "-" + size.name() + ".png")));
        }
        assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
                .as("width of " + name)
                .isLessThanOrEqualTo(size.width());
        assertThat((List<?>) page.evaluate(BROKEN))
                .as("words taken apart on " + name)
                .isEmpty();
        boolean again = Boolean.TRUE.equals(page.evaluate("'axe' in window"));
        if (!again) {
            page.evaluate(axe());
        }
        var found = Objects.requireNonNull((Map<?, ?>) page.evaluate(LOOK, again));
        assertThat((List<?>) found.get("v")).as("what axe finds on " + name).isEmpty();
        return this;
    }

    private static String axe() {
        try (var in = BrowserPage.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(in, "axe").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String selector) {
        return page.locator(selector).first().innerText();
    }

    /** Nothing that a page must not do was done. */
    @Override
    public void close() {
        context.close();
        assertThat(complaints).isEmpty();
    }
}
