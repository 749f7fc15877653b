package dev.playcall.notify.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import dev.playcall.config.ReceiverConfig;
import dev.playcall.domain.name.Suggestion;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One template, ready to be filled. Mustache has no expressions and no calls; of Java it sees only what {@link TemplateModel} holds,
 * as the reader below knows nothing else.
 */
final class TemplateRenderer {
    private static final int LONGEST = 20_000;

    private final Template template;

    private TemplateRenderer(Template template) {
        this.template = template;
    }

    /** What came of reading one. */
    sealed interface Compiled {
        record Valid(TemplateRenderer form) implements Compiled {}

        record Invalid(String why) implements Compiled {}
    }

    /** @param html whether what is filled in is written for a page, however the template asks for it */
    static Compiled read(ReceiverConfig.Template source, boolean html) {
        if (source.text().length() > LONGEST) {
            return new Compiled.Invalid("has " + source.text().length() + " characters, it may have " + LONGEST);
        }
        try {
            var templateRenderer = new TemplateRenderer(compiler(html).compile(source.text()));
            return templateRenderer
                    .unknownName()
                    .<Compiled>map(Compiled.Invalid::new)
                    .orElseGet(() -> new Compiled.Valid(templateRenderer));
        } catch (MustacheException e) {
            return new Compiled.Invalid(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            return new Compiled.Invalid("has too many sections within sections");
        }
    }

    private static Mustache.Compiler compiler(boolean html) {
        return Mustache.compiler()
                .escapeHTML(false)
                .withFormatter(value -> html ? Html.escape(String.valueOf(value)) : String.valueOf(value))
                .emptyStringIsFalse(true)
                .zeroIsFalse(true)
                .withCollector(new Reader());
    }

    /** Fills it; what goes wrong is thrown. */
    String fill(Map<String, Object> facts, TextBudget textBudget) {
        template.execute(facts, textBudget);
        return textBudget.written();
    }

    /** A name that nothing has; it would fail only when its time comes. */
    private Optional<String> unknownName() {
        var names = TemplateModel.names();
        var unknown = new ArrayList<String>();
        template.visit(new Mustache.Visitor() {
            private boolean see(String name) {
                var first = name.contains(".") && name.length() > 1 ? name.substring(0, name.indexOf('.')) : name;
                if (!names.contains(first)) {
                    unknown.add(first);
                }
                return !List.of("labels", "group").contains(name);
            }

            @Override
            public void visitText(String text) {}

            @Override
            public void visitVariable(String name) {
                see(name);
            }

            @Override
            public boolean visitInclude(String name) {
                unknown.add("> " + name);
                return false;
            }

            @Override
            public boolean visitParent(String name) {
                return visitInclude(name);
            }

            @Override
            public boolean visitSection(String name) {
                return see(name);
            }

            @Override
            public boolean visitInvertedSection(String name) {
                return see(name);
            }
        });
        return unknown.stream().findFirst().map(name -> {
            var near = Suggestion.of(name, names).map(n -> "; did you mean " + n + "?");
            return "{{" + name + "}} is not a known value" + near.orElse("");
        });
    }

    /** All a template can see: maps by their keys, labels, and lists. */
    private static final class Reader implements Mustache.Collector {
        @Override
        public @Nullable Iterator<?> toIterator(Object value) {
            return value instanceof TemplateModel.Several several ? several.iterator() : null;
        }

        @Override
        public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
            return switch (context) {
                case TemplateModel.Labels _ ->
                    (c, n) -> ((TemplateModel.Labels) c).values().getOrDefault(n, "");
                case Map<?, ?> _ ->
                    (c, n) -> ((Map<?, ?>) c).containsKey(n) ? ((Map<?, ?>) c).get(n) : Template.NO_FETCHER_FOUND;
                default -> null;
            };
        }

        @Override
        public <K, V> Map<K, V> createFetcherCache() {
            return new java.util.concurrent.ConcurrentHashMap<>();
        }
    }
}
