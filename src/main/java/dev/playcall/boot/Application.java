package dev.playcall.boot;

import dev.playcall.chat.ScheduledReports;
import dev.playcall.command.Desk;
import dev.playcall.command.OwnedStarts;
import dev.playcall.command.ScheduledStarts;
import dev.playcall.config.Config;
import dev.playcall.journal.RunJournal;
import dev.playcall.schedule.Timekeeper;
import dev.playcall.web.WebServer;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole gateway: built in one straight line, closed in reverse. */
final class Application implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Application.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final GatewayFile file;
    private final Ground ground;
    private final List<Part> parts;
    private final WebServer web;
    private final Hangup hangup;

    /** @param parts what works by itself, in the order of its start */
    private Application(
            GatewayFile file, Ground ground, AutoCloseable apprise, List<Part> parts, WebServer web, Hangup hangup) {
        this.file = file;
        this.ground = ground;
        this.parts = parts;
        this.web = web;
        this.hangup = hangup;
        opened.push(file);
        opened.push(ground.database());
        opened.push(apprise);
    }

    /**
     * Builds the gateway of this configuration.
     *
     * @param anyPort listen on a free port of this machine instead of what is configured
     * @throws RefusedException when another process has the data folder
     */
    static Application open(Config config, Daemon daemon, boolean anyPort) {
        return open(Settings.of(config), daemon, anyPort);
    }

    /** The same of one that may be read anew while it works. */
    static Application open(Settings settings, Daemon daemon, boolean anyPort) {
        var config = settings.config();
        if (daemon == Daemon.WORKING) {
            Modes.apply(config.paths());
        }
        var file = GatewayFile.take(config.paths().data())
                .orElseThrow(() -> new RefusedException("another Playcall process uses "
                        + config.paths().data() + "; talk to it with ./playcall console, or stop it first"));
        try {
            return wire(file, Ground.of(settings, Clock.systemUTC()), daemon, anyPort);
        } catch (IllegalStateException e) {
            file.close();
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private static Application wire(GatewayFile file, Ground ground, Daemon daemon, boolean anyPort) {
        boolean works = daemon == Daemon.WORKING;
        var ansible = AnsibleTools.of(ground);
        var notices = Notices.of(ground);
        var platforms = new Platforms();
        var desks = Desks.of(ground, ansible, notices.alerts(), platforms);
        var database = ground.database();
        database.alarm().listen(timekeeper(ground, desks.all())::ring);
        var working = Works.of(ground, ansible, desks);
        var chats = new Chats(
                ground.settings(),
                ground.catalogs(),
                ground.journal(),
                desks.all(),
                ground.rights(),
                database,
                ground.audit(),
                ground.rules(),
                ground.vault(),
                notices.alerts(),
                ground.clock());
        platforms.are(chats.platforms());
        var checks = works
                ? Checks.of(database, ground.audit(), working.runner(), chats.platforms())
                : Checks.of(database, ground.audit());
        var web = Site.of(ground, ansible, desks, chats, notices, checks, anyPort);
        follow(ground, notices, new Receivers.Means(chats.platforms(), notices.apprise(), ground.clock()));
        var puller = ground.shelf()
                .puller(
                        ground.onRecord((_, _) -> desks.sync().pull(false)),
                        ground.journal(),
                        notices.notifications(),
                        database,
                        ground.clock());
        var parts = new ArrayList<Part>();
        if (works) {
            Site.listen(web, ground, notices, chats, puller);
            parts.add(new Part(() -> tidy(ground), () -> {}));
            parts.addAll(working.parts());
            parts.add(new Part(chats::start, chats));
            parts.add(new Part(notices.notifications()::start, notices.notifications()));
            parts.add(new Part(puller::start, puller));
        }
        parts.add(new Part(web::start, web));
        var hangup = new Hangup(ground.onRecord((_, _) -> ground.settings().reload()));
        return new Application(file, ground, notices.apprise(), parts, web, hangup);
    }

    /** What a gateway before this one left half done, before anything is made of it. */
    private static void tidy(Ground ground) {
        new GitKeys(ground.vault(), GitKeys.place(ground.config())).sweep();
        ground.shelf().mend();
    }

    private static Timekeeper timekeeper(Ground ground, Desk desk) {
        var database = ground.database();
        var reports = new ScheduledReports(
                new ScheduledStarts(desk),
                ground.catalogs(),
                ground.rights(),
                ground.journal().read(),
                database.schedules(),
                database.chat(),
                ground.clock());
        return new Timekeeper(
                database.schedules(),
                new OwnedStarts(reports, ground.rights().people()),
                (channel, key, text) ->
                        database.chat().say(channel, key, text, ground.clock().instant()),
                ground.clock());
    }

    /** What has to be done when the configuration is another one. */
    private static void follow(Ground ground, Notices notices, Receivers.Means means) {
        var settings = ground.settings();
        settings.connect(c -> Receivers.sinks(c.notifications(), means));
        settings.guard(c -> {
            ground.secrets().redactor().learn(c.secrets());
            return FrontDoor.wouldOpen(c, ground.entrance(), ground.database());
        });
        settings.whenTaken(() -> {
            ground.catalogs().afterChange();
            notices.notifications().reconfigured();
        });
    }

    void start() {
        for (var part : parts) {
            part.start().run();
            opened.push(part.running());
        }
        file.announce(found());
    }

    RunJournal journal() {
        return ground.journal();
    }

    Settings settings() {
        return ground.settings();
    }

    /** From now on SIGHUP has the configuration read anew. */
    void heedHangup() {
        hangup.listen();
    }

    /** How commands reach it. */
    GatewayFile.Found found() {
        return new GatewayFile.Found(web.address(), ground.entrance().console());
    }

    /** The line with the link that makes the first account, as long as there is none. */
    Optional<String> invitation() {
        var configured = ground.config().server().publicUrl();
        return FrontDoor.invitation(
                ground.entrance().identity(),
                configured.isBlank() ? web.address().toString() : configured);
    }

    URI address() {
        return web.address();
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                log.error("Could not close cleanly", e);
            }
        }
    }
}
