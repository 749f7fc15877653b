package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real launcher and JVM with a small program in the place of Playcall: a start cache is used as it was made or not at all. */
class StartCacheIT {
    private static final String PROGRAM = """
        public class Small {
            public static void main(String[] words) throws Exception {
                System.out.println(words[0].equals("serve") ? "playcall ready" : "ANSWER");
                if (words[0].equals("serve")) Thread.sleep(60_000);
            }
        }
        """;

    @TempDir
    private Path home;

    private record Said(int code, String out, String err) {}

    private void jar(String answer) throws IOException {
        var source = Files.writeString(home.resolve("Small.java"), PROGRAM.replace("ANSWER", answer));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
                .isZero();
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Small");
        var made = home.resolve("made.jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(made), manifest)) {
            jar.putNextEntry(new JarEntry("Small.class"));
            Files.copy(home.resolve("Small.class"), jar);
        }
        // As unpacked from an archive: older than any cache.
        Files.setLastModifiedTime(made, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        Files.move(made, home.resolve("target/playcall.jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    private Said playcall(String... words) throws Exception {
        var command = new ArrayList<>(List.of(home.resolve("playcall").toString()));
        command.addAll(List.of(words));
        var out = home.resolve("out");
        var err = home.resolve("err");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        int code = builder.start().waitFor();
        return new Said(
                code, Files.readString(out).strip(), Files.readString(err).strip());
    }

    private void noise() throws IOException {
        var bytes = new byte[1 << 20];
        new Random(1).nextBytes(bytes);
        try (var cache = FileChannel.open(cache(), StandardOpenOption.WRITE)) {
            cache.write(ByteBuffer.wrap(bytes), cache.size() / 2);
        }
    }

    private Path cache() {
        return home.resolve("target/playcall.aot");
    }

    /** Java would open a file of its own under the number of the closed one, and write the answer into that. */
    @Test
    void aClosedOutputIsSaidAndNothingIsStarted() throws Exception {
        var process = new ProcessBuilder("sh", "-c", Path.of("playcall").toAbsolutePath() + " --version >&-").start();
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("playcall: the output cannot be written: it is closed\n");
        assertThat(process.waitFor()).isEqualTo(74);
    }

    @Test
    void aDamagedCacheOrOneOfAnotherJarIsToldAndMadeAnew() throws Exception {
        Files.createDirectories(home.resolve("target"));
        Files.copy(Path.of("playcall"), home.resolve("playcall"), StandardCopyOption.COPY_ATTRIBUTES);
        jar("first");
        assertThat(playcall("prepare").code()).isZero();
        assertThat(cache()).exists();
        assertThat(playcall("show")).isEqualTo(new Said(0, "first", ""));
        noise();
        assertRefusesCache("first");
        assertThat(playcall("prepare").code()).isZero();
        assertThat(playcall("show")).isEqualTo(new Said(0, "first", ""));
        jar("other");
        assertRefusesCache("other");
        assertThat(playcall("prepare").err()).doesNotContain("damaged");
        Files.writeString(
                home.resolve("target/playcall.aot.sum"),
                Files.readString(home.resolve("target/playcall.aot.sum"), StandardCharsets.UTF_8)
                        .replaceFirst("\\d+( \\d+ \\S+/release)", "1$1"));
        assertRefusesCache("other");
    }

    /** Once: then there is no cache any more, until the next gateway or {@code prepare} makes one. */
    private void assertRefusesCache(String answer) throws Exception {
        var said = playcall("show");
        assertThat(said.code()).isZero();
        assertThat(said.out()).isEqualTo(answer);
        assertThat(said.err()).hasLineCount(1).contains("playcall.aot is damaged or was made for another jar or JDK");
        assertThat(cache()).doesNotExist();
        assertThat(playcall("show")).isEqualTo(new Said(0, answer, ""));
    }
}
