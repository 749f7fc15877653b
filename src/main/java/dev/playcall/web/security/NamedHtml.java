package dev.playcall.web.security;

import dev.playcall.domain.PersonNames;
import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * HTML in which people stand by their names. What is sent back or copied keeps {@code platform:id}: forms, addresses,
 * tooltips, and what is quoted from a file or a log.
 */
final class NamedHtml extends OwaspHtmlTemplateOutput {
    private static final Set<String> QUOTED = Set.of("textarea", "option", "pre", "code", "script", "style");
    private static final Set<String> READ_ALOUD = Set.of("aria-label", "data-ask");

    private final PersonNames names;
    private boolean named;

    NamedHtml(TemplateOutput out, PersonNames names) {
        super(out);
        this.names = names;
    }

    @Override
    public void setContext(String tag, @Nullable String attribute) {
        named = attribute == null ? !QUOTED.contains(tag) : READ_ALOUD.contains(attribute);
        super.setContext(tag, attribute);
    }

    @Override
    public void writeUserContent(@Nullable String text) {
        super.writeUserContent(text == null || !named ? text : names.in(text));
    }
}
