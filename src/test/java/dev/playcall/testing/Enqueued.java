package dev.playcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.playbook.OperationCatalog.OperationSpec;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.RunJournal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Looks at every run that hostile input made, and takes it out of the queue: it must be one that was offered. */
public final class Enqueued {
    private final RunJournal journal;
    private final Catalog catalog;
    private final Set<String> people;
    private long last;
    private int looked;

    /** @param people who may have made them */
    public Enqueued(RunJournal journal, Catalog catalog, Set<String> people) {
        this.journal = journal;
        this.catalog = catalog;
        this.people = Set.copyOf(people);
    }

    /** How many there were. */
    public int looked() {
        return looked;
    }

    /** Looks at those that are new. */
    public int look() {
        int before = looked;
        for (var run = journal.read().find(new RunId(last + 1));
                run.isPresent();
                run = journal.read().find(new RunId(last + 1))) {
            last++;
            looked++;
            check(run.get());
            journal.append(
                    run.get().id(), new RunEvent.CancelRequested(run.get().requestedBy()));
        }
        return looked - before;
    }

    private void check(Run run) {
        var r = run.request();
        var spec = catalog.operation(r.operation()).orElseThrow();
        var environment = catalog.environment(r.environment()).orElseThrow();
        assertThat(people).contains(run.requestedBy().value());
        r.playbook().ifPresent(p -> assertThat(catalog.playbook(p)).isPresent());
        assertThat(environment.hosts()).containsAll(r.hosts());
        assertThat(r.tags()).allMatch(t -> t.matches("[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}"));
        assertThat(r.name()).hasSizeLessThanOrEqualTo(100).doesNotContain("\n", "\0");
        assertThat(r.description()).hasSizeLessThanOrEqualTo(1000).doesNotContain("\0");
        var declared = declared(spec, run);
        assertThat(declared.keySet()).containsAll(r.variables().keySet());
        r.variables().forEach((name, value) -> check(declared.get(name), value));
    }

    private Map<String, VariableSpec> declared(OperationSpec spec, Run run) {
        var declared = new HashMap<String, VariableSpec>();
        run.request()
                .playbook()
                .flatMap(catalog::playbook)
                .ifPresent(p -> p.variables().forEach(v -> declared.put(v.name(), v)));
        spec.variables().forEach(v -> declared.put(v.name(), v));
        return declared;
    }

    private static void check(VariableSpec spec, Value value) {
        assertThat(value instanceof Value.Secret).as(spec.name()).isEqualTo(spec.secret());
        if (spec.secret()) {
            return;
        }
        switch (spec.type()) {
            case INTEGER, NUMBER -> assertThat(value).isInstanceOf(Value.Decimal.class);
            case BOOLEAN -> assertThat(value).isInstanceOf(Value.Flag.class);
            case LIST -> assertThat(value).isInstanceOf(Value.Items.class);
            case CHOICE -> assertThat(spec.choices()).contains(value.display());
            case VERSION -> assertThat(value.display()).matches("[A-Za-z0-9._+-]+");
            case TEXT -> assertThat(value).isInstanceOf(Value.Text.class);
        }
    }
}
