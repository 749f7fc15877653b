package dev.playcall;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walls of the house: what is not drawn here as a door is a wall. */
class HouseTest {
    private static final String ROOT = "dev.playcall.";
    private static final JavaClasses HOUSE = new ClassFileImporter().importPath(Path.of("target", "classes"));

    /** Rooms that put the others together and may enter all of them. */
    private static final Set<String> OPEN = Set.of("boot", "cli", "doctor");

    /** What a template is compiled to, beside the classes of its feature. */
    private static final String TEMPLATE = "Jte[a-z]+Generated";

    private static final int TYPES_IN_A_PACKAGE = 25;

    private static final Map<String, List<String>> DOORS = Map.ofEntries(
            Map.entry("domain", List.of()),
            Map.entry("background", List.of("domain")),
            Map.entry("config", List.of("domain")),
            Map.entry("catalog", List.of("background", "domain", "config")),
            Map.entry("agent", List.of("background", "domain", "catalog", "notify")),
            Map.entry("journal", List.of("background", "domain")),
            Map.entry("security", List.of("background", "domain", "config")),
            Map.entry("runner", List.of("background", "domain", "config", "journal")),
            Map.entry("ansible", List.of("background", "domain", "config", "catalog", "journal", "security", "runner")),
            Map.entry("schedule", List.of("background", "domain", "security")),
            Map.entry("content", List.of("background", "domain", "config", "catalog")),
            Map.entry(
                    "command",
                    List.of(
                            "background",
                            "domain",
                            "catalog",
                            "journal",
                            "security",
                            "runner",
                            "schedule",
                            "notify",
                            "content",
                            "venv")),
            Map.entry("venv", List.of("background", "domain", "config", "catalog", "content")),
            Map.entry("status", List.of("background", "domain", "config", "catalog", "journal")),
            Map.entry(
                    "chat",
                    List.of(
                            "background",
                            "domain",
                            "config",
                            "catalog",
                            "journal",
                            "security",
                            "command",
                            "notify",
                            "schedule")),
            Map.entry(
                    "web",
                    List.of(
                            "background",
                            "domain",
                            "config",
                            "catalog",
                            "journal",
                            "security",
                            "command",
                            "notify",
                            "schedule",
                            "content",
                            "venv",
                            "agent")),
            Map.entry("notify", List.of("background", "domain", "config", "journal", "security")),
            Map.entry(
                    "store",
                    List.of(
                            "background",
                            "domain",
                            "config",
                            "catalog",
                            "journal",
                            "security",
                            "runner",
                            "chat",
                            "notify",
                            "schedule",
                            "agent")));

    @Test
    void roomsAreEnteredThroughTheirDoorsOnly() {
        DOORS.forEach((capacity, doors) -> {
            var allowed = Stream.concat(doors.stream(), Stream.of(capacity))
                    .map(r -> ROOT + r + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + capacity + "..")
                    .should()
                    .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                            "are in a room without a door from " + capacity,
                            c -> c.getPackageName().startsWith(ROOT)
                                    && Arrays.stream(allowed)
                                            .map(p -> p.substring(0, p.length() - 2))
                                            .noneMatch(p -> c.getPackageName().equals(p)
                                                    || c.getPackageName().startsWith(p + "."))))
                    .allowEmptyShould(true)
                    .check(HOUSE);
        });
    }

    /** Chat servers that know nothing of Playcall cannot agree with its mistakes. */
    @Test
    void chatServersOfTheTestsKnowNothingOfTheProduct() {
        noClasses()
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are Playcall's",
                        c -> c.getPackageName().startsWith(ROOT)
                                && !c.getPackageName().startsWith(ROOT + "rehearsal")))
                .check(new ClassFileImporter().importPath(Path.of("target/test-classes/dev/playcall/rehearsal")));
    }

    @Test
    void nothingForDevelopmentAloneIsInTheProduct() {
        assertThat(HOUSE.stream()
                        .map(JavaClass::getName)
                        .filter(name -> name.matches("(?i).*(bench|rehearsal|invented).*")))
                .isEmpty();
    }

    @Test
    void everyRoomHasItsDoorsDrawn() {
        var rooms = HOUSE.stream()
                .map(c -> c.getPackageName())
                .filter(p -> p.startsWith(ROOT))
                .map(p -> p.substring(ROOT.length()).split("\\.", 2)[0])
                .filter(r -> !OPEN.contains(r))
                .distinct();
        assertThat(rooms).isSubsetOf(DOORS.keySet());
    }

    @Test
    void thereIsNoCycle() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void packagesOfARoomHaveNoCycleEither() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void noPackageIsTooLarge() {
        var sizes = topLevel()
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
        sizes.values().removeIf(n -> n <= TYPES_IN_A_PACKAGE);
        assertThat(sizes).isEmpty();
    }

    @Test
    void aSimpleNameStandsOnce() {
        var names = topLevel()
                .collect(Collectors.groupingBy(JavaClass::getSimpleName, TreeMap::new, Collectors.counting()));
        names.values().removeIf(n -> n == 1);
        assertThat(names.keySet()).isEmpty();
    }

    private static Stream<JavaClass> topLevel() {
        return HOUSE.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(c -> c.getPackageName().startsWith(ROOT))
                .filter(c -> !c.getSimpleName().equals("package-info"))
                .filter(c -> !c.getSimpleName().matches(TEMPLATE));
    }

    @Test
    void guestsStayInTheirRoom() {
        guest("chat.discord", "net.dv8tion..");
        guest("chat.slack", "com.slack..");
        guest("web", "gg.jte..");
        guest("web", "io.javalin..", "org.eclipse.jetty..");
        guest("store", "org.jdbi..", "java.sql..", "javax.sql..", "org.flywaydb..", "com.github.kagkarlsson..");
        guest("config", "org.yaml..");
        guest(List.of("command", "notify.sink"), "io.github.bucket4j..");
        guest("notify.template", "com.samskivert..");
        guest("notify.mail", "jakarta.mail..", "org.eclipse.angus..");
        guest("security", "com.password4j..");
    }

    private static void guest(String capacity, String... libraries) {
        guest(List.of(capacity), libraries);
    }

    private static void guest(List<String> rooms, String... libraries) {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        rooms.stream().map(r -> ROOT + r + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .check(HOUSE);
    }

    @Test
    void theStoreIsEnteredThroughTheDatabaseOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "store..")
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are in the store and not the Database",
                        c -> c.getPackageName().startsWith(ROOT + "store")
                                && !c.getName().startsWith(ROOT + "store.Database")))
                .check(HOUSE);
    }

    @Test
    void nothingIsCalledAfterItsShape() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameStartingWith("Base")
                .orShould()
                .haveSimpleNameStartingWith("Common")
                .check(HOUSE);
    }

    @Test
    void noStaticFieldChanges() {
        com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields()
                .that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .haveNameNotMatching(".*\\." + TEMPLATE)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(HOUSE);
    }
}
