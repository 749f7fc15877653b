package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.config.runtime.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What src/dist/kubernetes says is what the product and its image have. */
class KubernetesTest {
    private static final Path FOLDER = Path.of("src/dist/kubernetes");

    private final JsonNode set = read("statefulset.yaml");
    private final JsonNode pod = set.at("/spec/template/spec");
    private final JsonNode container = pod.at("/containers/0");

    private static JsonNode read(String name) {
        return new ObjectMapper().valueToTree(new Yaml().load(text(FOLDER.resolve(name))));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> each(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(n -> n.path(field).asText())
                .toList();
    }

    /** The first group of a pattern in a file of the checkout. */
    private static String found(String file, String pattern) {
        var found = Pattern.compile(pattern).matcher(text(Path.of(file)));
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }

    @Test
    void everyFileIsNamedInTheKustomization() throws IOException {
        var kustomization = read("kustomization.yaml");
        var named = new LinkedHashSet<>(Set.of("kustomization.yaml"));
        kustomization.path("resources").forEach(r -> named.add(r.asText()));
        kustomization.at("/configMapGenerator/0/files").forEach(f -> named.add(f.asText()));
        kustomization.at("/secretGenerator/0/envs").forEach(f -> named.add(f.asText()));
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrderElementsOf(named);
        }
        for (var resource : kustomization.path("resources")) {
            var read = read(resource.asText());
            assertThat(read.path("kind").asText()).as(resource.asText()).isNotEmpty();
            assertThat(read.at("/metadata/name").asText()).isEqualTo("playcall");
        }
        assertThat(kustomization.at("/images/0/newTag").asText())
                .isEqualTo(found("pom.xml", "<version>([^<]+)</version>"));
        assertThat(container.at("/envFrom/0/secretRef/name")).isEqualTo(kustomization.at("/secretGenerator/0/name"));
        assertThat(pod.at("/volumes/0/configMap/name")).isEqualTo(kustomization.at("/configMapGenerator/0/name"));
    }

    @Test
    void theVolumesAndTheUserAreThoseOfTheImage() {
        var mounted = each(container.path("volumeMounts"), "mountPath");
        var image = "src/dist/image/Image.java";
        var folders = found(image, "VOLUMES = Set.of\\(\"([^)]+)\"\\)").split("\", \"");
        assertThat(mounted)
                .contains("/home/playcall/.ssh")
                .containsAll(Stream.of(folders).map(f -> "/opt/playcall/" + f).toList());
        var user = found(image, "USER = \"([^\"]+)\"").split(":");
        assertThat(pod.at("/securityContext/runAsUser").asText()).isEqualTo(user[0]);
        assertThat(pod.at("/securityContext/runAsGroup").asText()).isEqualTo(user[1]);
        assertThat(text(Path.of("Dockerfile"))).contains("USER " + String.join(":", user));
        var volumes = Stream.concat(
                        each(pod.path("volumes"), "name").stream(),
                        Stream.of(set.at("/spec/volumeClaimTemplates/0/metadata/name")
                                .asText()))
                .toList();
        assertThat(volumes).containsAll(each(container.path("volumeMounts"), "name"));
        for (var mount : container.path("volumeMounts")) {
            if (mount.has("subPath")) {
                assertThat(pod.at("/initContainers/0/command").toString())
                        .contains("/state/" + mount.path("subPath").asText());
            }
        }
    }

    /** With the environment of the secret and the file of the configuration, and nothing else. */
    @Test
    void theConfigurationIsAcceptedAndTheProbesAskItsPort() throws IOException {
        var environment = new HashMap<String, String>();
        try (var in = Files.newBufferedReader(FOLDER.resolve("secrets.env"))) {
            var properties = new Properties();
            properties.load(in);
            properties.stringPropertyNames().forEach(n -> environment.put(n, properties.getProperty(n)));
        }
        var config = ConfigFile.load(
                Path.of("/opt/playcall"),
                Optional.of(FOLDER.resolve("playcall.yml").toAbsolutePath()),
                environment);
        assertThat(config.server().host()).isEqualTo("0.0.0.0");
        assertThat(container.at("/ports/0/containerPort").asInt())
                .isEqualTo(config.server().port());
        assertThat(read("ingress.yaml").at("/spec/rules/0/host").asText())
                .isEqualTo(java.net.URI.create(config.server().publicUrl()).getHost());
        var port = container.at("/ports/0/name").asText();
        var api = text(Path.of("src/main/resources/dev/playcall/web/openapi/openapi.yml"));
        for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            var get = container.path(probe).path("httpGet");
            assertThat(get.path("port").asText()).isEqualTo(port);
            assertThat(api).contains("\n  " + get.path("path").asText() + ":\n");
        }
        assertThat(read("service.yaml").at("/spec/ports/0/targetPort").asText()).isEqualTo(port);
        environment.put("PLAYCALL_ADMIN_PASSWORD", "four words and more");
        assertThat(FirstAdmin.of(Map.copyOf(environment))).isPresent();
        environment.keySet().removeIf(n -> n.startsWith("PLAYCALL_"));
        assertThat(text(Path.of("config/playcall.yml"))).contains(environment.keySet());
    }

    /** No cluster is here to do them; what they name has to be what the kustomization makes. */
    @Test
    void whatTheManualDoesWithKubectlNamesWhatIsThere() {
        var podName = set.at("/metadata/name").asText() + "-0";
        var volume = set.at("/spec/volumeClaimTemplates/0/metadata/name").asText() + "-" + podName;
        var kinds = Stream.of("statefulset.yaml", "service.yaml", "ingress.yaml")
                .map(f -> read(f).path("kind").asText().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
        var inNamespace = "-n " + read("kustomization.yaml").path("namespace").asText() + " ";
        var known = Pattern.compile(
                "apply -k \\.|delete -k \\.|" + inNamespace + "(get pod -w|logs " + podName + "|exec " + podName
                        + " -- (\\./playcall|git|sh).*|cp \\S+ " + podName + ":\\S+|cp " + podName
                        + ":\\S+ \\S+|delete pvc " + volume
                        + "|delete " + kinds + " --all)");
        var shown = new ArrayList<String>();
        for (var page : List.of("docs/kubernetes.md", "docs/upgrade.md")) {
            Pattern.compile("(?m)^ *kubectl ([^#\n]*)|`kubectl ([^`]+)`")
                    .matcher(text(Path.of(page)))
                    .results()
                    .map(m -> m.group(1) == null ? m.group(2) : m.group(1))
                    .forEach(line -> shown.add(line.replaceAll("\\s+", " ").strip()));
        }
        assertThat(shown)
                .hasSizeGreaterThan(14)
                .allSatisfy(line -> assertThat(line).matches(known));
    }
}
