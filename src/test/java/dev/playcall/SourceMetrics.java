package dev.playcall;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/** Counts in the product's source. The compiler parses it, without looking at types. */
final class SourceMetrics {
    private static final Path ROOT = Path.of("src/main/java");
    /** What a Javadoc comment begins with; a link counts as a word. */
    private static final Pattern SENTENCE = Pattern.compile("\\s*(?!@)(?:\\{@[^}]*}|[^@])+?\\.(?:\\s|$)");

    private static final Set<String> BROAD = Set.of("Throwable", "Exception", "RuntimeException");

    final Map<String, Integer> files = new TreeMap<>();
    final Map<String, Integer> methods = new TreeMap<>();
    final Map<String, Integer> constructors = new TreeMap<>();
    final Map<String, Integer> components = new TreeMap<>();
    final Map<String, Integer> packages = new TreeMap<>();
    private final Map<String, Set<String>> imports = new HashMap<>();
    private final ClosedSwitches switches = new ClosedSwitches();
    final Set<String> undocumented = new TreeSet<>();
    private int hidden;
    private int broad;

    private SourceMetrics() {}

    static SourceMetrics read() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> sources;
        try (var all = Files.walk(ROOT)) {
            sources = all.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(sources));
            var metrics = new SourceMetrics();
            var trees = DocTrees.instance(task);
            for (var unit : task.parse()) {
                metrics.add(unit, trees);
            }
            return metrics;
        }
    }

    private void add(CompilationUnitTree unit, DocTrees trees) {
        var positions = trees.getSourcePositions();
        var name = ROOT.toAbsolutePath()
                .relativize(Path.of(unit.getSourceFile().toUri()))
                .toString();
        var home = Objects.requireNonNull(unit.getPackageName()).toString();
        files.put(name, (int) unit.getLineMap().getLineNumber(positions.getEndPosition(unit, unit) - 1));
        for (var type : unit.getTypeDecls()) {
            if (type instanceof ClassTree top) {
                packages.merge(home, 1, Integer::sum);
                if (top.getModifiers().getFlags().contains(Modifier.PUBLIC)
                        && !SENTENCE.matcher(comment(unit, top, trees)).lookingAt()) {
                    undocumented.add(name);
                }
                hidden += top.getModifiers().getFlags().contains(Modifier.PUBLIC) ? 0 : 1;
            }
        }
        var entered = imports.computeIfAbsent(home, _ -> new HashSet<>());
        for (var line : unit.getImports()) {
            var words = line.getQualifiedIdentifier().toString();
            if (words.startsWith("dev.playcall.")) {
                entered.add(words.replaceFirst("\\.[A-Z].*", ""));
            }
        }
        new Scan(unit, positions, name).scan(unit, null);
        switches.add(unit, positions, name);
    }

    private static String comment(CompilationUnitTree unit, ClassTree type, DocTrees trees) {
        return Objects.requireNonNullElse(trees.getDocComment(new TreePath(new TreePath(unit), type)), "");
    }

    private final class Scan extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final String file;
        private final List<ClassTree> around = new ArrayList<>();

        Scan(CompilationUnitTree unit, SourcePositions positions, String file) {
            this.unit = unit;
            this.positions = positions;
            this.file = file;
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            around.addLast(type);
            if (type.getKind() == Tree.Kind.RECORD) {
                components.put(file + " " + type.getSimpleName(), (int) type.getMembers().stream()
                        .filter(VariableTree.class::isInstance)
                        .map(VariableTree.class::cast)
                        .filter(v -> !v.getModifiers().getFlags().contains(Modifier.STATIC))
                        .count());
            }
            super.visitClass(type, null);
            around.removeLast();
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            long begin = line(positions.getStartPosition(unit, method));
            var where = file + ":" + begin + " " + method.getName();
            if (method.getBody() != null) {
                methods.put(where, (int) (line(positions.getEndPosition(unit, method)) - begin + 1));
            }
            if (method.getReturnType() == null && around.getLast().getKind() != Tree.Kind.RECORD) {
                constructors.put(where, method.getParameters().size());
            }
            return super.visitMethod(method, null);
        }

        @Override
        public Void visitCatch(CatchTree clause, Void nothing) {
            var type = clause.getParameter().getType();
            var types = type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
            broad += types.stream().anyMatch(t -> BROAD.contains(t.toString())) ? 1 : 0;
            return super.visitCatch(clause, null);
        }
    }

    /** The rows of the table, by what they say. */
    Map<String, List<Integer>> table() {
        var rows = new LinkedHashMap<String, List<Integer>>();
        rows.put("top-level types in a package: mean, p95, max", meanAndEnds(packages.values()));
        rows.put("lines of a file: p50, p95, max", ends(files.values()));
        rows.put("lines of a method: p50, p95, max", ends(methods.values()));
        rows.put("parameters of a constructor, max", List.of(at(constructors.values(), 100)));
        rows.put("components of a record, max", List.of(at(components.values(), 100)));
        rows.put("package-private types, %", List.of(packagePrivatePercent()));
        rows.put("packages in a cycle", List.of(cyclic().size()));
        rows.put("catches of Throwable, Exception or RuntimeException", List.of(broad));
        rows.put(
                "default in a switch over an enum or sealed type of Playcall",
                List.of(defaults().size()));
        rows.put(
                "lines in all", List.of(files.values().stream().mapToInt(n -> n).sum()));
        return rows;
    }

    /** Where a {@code switch} over an enum or sealed type of Playcall has a {@code default}: file and line. */
    Set<String> defaults() {
        return switches.withDefault();
    }

    int packagePrivatePercent() {
        return 100 * hidden / types();
    }

    private int types() {
        return packages.values().stream().mapToInt(n -> n).sum();
    }

    private List<Integer> meanAndEnds(Collection<Integer> values) {
        return List.of(Math.round((float) types() / packages.size()), at(values, 95), at(values, 100));
    }

    private static List<Integer> ends(Collection<Integer> values) {
        return List.of(at(values, 50), at(values, 95), at(values, 100));
    }

    /** The smallest value that so many of a hundred do not exceed. */
    static int at(Collection<Integer> values, int percent) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
    }

    /** Those of these that exceed a bound. */
    static Map<String, Integer> above(Map<String, Integer> values, int bound) {
        var some = new TreeMap<>(values);
        some.values().removeIf(n -> n <= bound);
        return some;
    }

    /** Packages from which imports lead back to them. */
    Set<String> cyclic() {
        var all = new TreeSet<String>();
        for (var start : imports.keySet()) {
            var seen = new HashSet<String>();
            var next = new ArrayList<>(entered(start));
            while (!next.isEmpty()) {
                var capacity = next.removeLast();
                if (seen.add(capacity)) {
                    next.addAll(entered(capacity));
                }
            }
            if (seen.contains(start)) {
                all.add(start);
            }
        }
        return all;
    }

    private Set<String> entered(String capacity) {
        var some = new HashSet<>(imports.getOrDefault(capacity, Set.of()));
        some.remove(capacity);
        return some;
    }
}
