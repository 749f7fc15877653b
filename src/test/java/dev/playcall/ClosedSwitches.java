package dev.playcall;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@code switch}es over an enum or a sealed type of the parsed sources that have a {@code default}, by which a new
 * constant or subtype would pass unnoticed. Types are not resolved: a {@code switch} is taken for one over an enum if all
 * its labels are constants of one, and for one over a sealed type if a pattern names a subtype of one.
 */
final class ClosedSwitches {
    private final List<Set<String>> enums = new ArrayList<>();
    private final Set<String> sealedTypes = new HashSet<>();
    private final Map<String, Set<String>> supertypes = new HashMap<>();
    private final Map<String, List<CaseLabelTree>> open = new HashMap<>();

    void add(CompilationUnitTree unit, SourcePositions positions, String file) {
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
                declare(type);
                return super.visitClass(type, null);
            }

            @Override
            public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void nothing) {
                examine(tree, tree.getCases());
                return super.visitSwitch(tree, null);
            }

            @Override
            public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void nothing) {
                examine(tree, tree.getCases());
                return super.visitSwitchExpression(tree, null);
            }

            private void examine(Tree tree, List<? extends CaseTree> cases) {
                var labels = cases.stream()
                        .flatMap(c -> c.getLabels().stream())
                        .<CaseLabelTree>map(label -> label)
                        .toList();
                if (labels.stream().anyMatch(DefaultCaseLabelTree.class::isInstance)) {
                    var line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
                    open.put(file + ":" + line, labels);
                }
            }
        }.scan(unit, null);
    }

    private void declare(ClassTree type) {
        if (type.getKind() == Tree.Kind.ENUM) {
            enums.add(type.getMembers().stream()
                    .filter(VariableTree.class::isInstance)
                    .map(member -> ((VariableTree) member).getName().toString())
                    .collect(Collectors.toSet()));
        }
        if (type.getModifiers().getFlags().contains(Modifier.SEALED)) {
            sealedTypes.add(type.getSimpleName().toString());
        }
        var above = supertypes.computeIfAbsent(type.getSimpleName().toString(), _ -> new HashSet<>());
        Stream.concat(Stream.ofNullable(type.getExtendsClause()), type.getImplementsClause().stream())
                .map(ClosedSwitches::simpleName)
                .forEach(above::add);
    }

    Set<String> withDefault() {
        var all = new TreeSet<String>();
        open.forEach((place, labels) -> {
            if (isOverAnEnum(labels) || labels.stream().anyMatch(this::isSubtype)) {
                all.add(place);
            }
        });
        return all;
    }

    private boolean isOverAnEnum(List<CaseLabelTree> labels) {
        var constants = labels.stream()
                .filter(ConstantCaseLabelTree.class::isInstance)
                .map(label -> simpleName(((ConstantCaseLabelTree) label).getConstantExpression()))
                .toList();
        return !constants.isEmpty() && enums.stream().anyMatch(e -> e.containsAll(constants));
    }

    private boolean isSubtype(CaseLabelTree label) {
        var pattern = label instanceof PatternCaseLabelTree p ? p.getPattern() : null;
        var type = switch (pattern) {
            case BindingPatternTree binding -> binding.getVariable().getType();
            case DeconstructionPatternTree record -> record.getDeconstructor();
            case null, default -> null;
        };
        return type != null
                && supertypes.getOrDefault(simpleName(type), Set.of()).stream().anyMatch(sealedTypes::contains);
    }

    private static String simpleName(Tree type) {
        var name = type.toString().replaceFirst("<.*", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
