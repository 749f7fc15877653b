package dev.playcall.web.server;

import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scripts of others that come as jars: served from where the class path has them, under a path without their version. */
final class Webjars {
    private static final Logger log = LoggerFactory.getLogger(Webjars.class);

    private Webjars() {}

    /** Pages work without them, so that one that is missing keeps nothing from starting. */
    static void serve(JavalinConfig config, String name) {
        version(name)
                .ifPresentOrElse(
                        v -> serve(config, name, "/META-INF/resources/webjars/" + name + "/" + v),
                        () -> log.warn("{} is not on the class path; pages work without it", name));
    }

    private static void serve(JavalinConfig config, String name, String folder) {
        config.staticFiles.add(files -> {
            files.hostedPath = "/static/" + name;
            files.directory = folder;
            files.location = Location.CLASSPATH;
            files.headers = Map.of("Cache-Control", "no-cache", "X-Content-Type-Options", "nosniff");
        });
    }

    /** As its own jar says, so that it stands in the pom alone. */
    private static Optional<String> version(String name) {
        var file = "/META-INF/maven/org.webjars.npm/" + name + "/pom.properties";
        try (var in = Webjars.class.getResourceAsStream(file)) {
            var properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return Optional.ofNullable(properties.getProperty("version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
