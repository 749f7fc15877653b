package dev.playcall.web;

import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** Scripts of others that come as jars: served from where the class path has them, under a path without their version. */
final class Webjars {
    private Webjars() {}

    static void serve(JavalinConfig config, String name) {
        var folder = "/META-INF/resources/webjars/" + name + "/" + version(name);
        config.staticFiles.add(files -> {
            files.hostedPath = "/static/" + name;
            files.directory = folder;
            files.location = Location.CLASSPATH;
            files.headers = Map.of("Cache-Control", "no-cache", "X-Content-Type-Options", "nosniff");
        });
    }

    /** As its own jar says, so that it stands in the pom alone. */
    private static String version(String name) {
        var file = "/META-INF/maven/org.webjars.npm/" + name + "/pom.properties";
        try (var in = Objects.requireNonNull(Webjars.class.getResourceAsStream(file), file)) {
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
