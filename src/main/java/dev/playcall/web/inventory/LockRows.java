package dev.playcall.web.inventory;

import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.security.access.Permission;
import dev.playcall.security.approval.LockStore.EnvironmentLock;
import dev.playcall.security.approval.LocksAndFreezes;
import dev.playcall.security.approval.LocksAndFreezes.LockOrFreeze;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.inventory.OperationsView.LockRow;
import dev.playcall.web.pages.ActionForm;
import dev.playcall.web.security.RequestAuth;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Locks and freeze windows as the operations page shows them to one user. */
final class LockRows {
    private final LocksAndFreezes locks;
    private final RequestAuth requestAuth;
    private final Context ctx;
    private final Instant now;

    LockRows(LocksAndFreezes locks, RequestAuth requestAuth, Context ctx, Instant now) {
        this.locks = locks;
        this.requestAuth = requestAuth;
        this.ctx = ctx;
        this.now = now;
    }

    List<LockRow> of(List<EnvironmentName> environments) {
        return locks.all(environments).stream().map(this::row).toList();
    }

    private LockRow row(LockOrFreeze closed) {
        return switch (closed) {
            case LockOrFreeze.Locked(var lock) ->
                row(lock.environment(), lock.holder().inText(), lock.reason(), lock.until(), Optional.of(unlock(lock)));
            case LockOrFreeze.Frozen(var environment, var freeze, var end) ->
                row(environment, "", freeze.reason(), Optional.of(end), Optional.empty());
        };
    }

    private LockRow row(
            EnvironmentName environment,
            String holder,
            String reason,
            Optional<Instant> until,
            Optional<ActionForm> unlock) {
        var left = until.map(u -> Duration.between(now, u));
        return new LockRow(
                environment.value(),
                holder,
                reason,
                left.map(TextFormat::duration).orElse(""),
                left.map(Duration::toSeconds).orElse(0L),
                until.map(JsonBodies::time).orElse(""),
                unlock);
    }

    private ActionForm unlock(EnvironmentLock lock) {
        var environment = lock.environment();
        boolean own = locks.people()
                .same(lock.holder(), requestAuth.caller(ctx, Optional.empty()).person());
        return new ActionForm(
                "Unlock",
                "/locks/" + environment + "/unlock",
                "",
                "Unlock " + environment + "?",
                requestAuth.whyNot(ctx, own ? Permission.LOCK : Permission.UNLOCK, environment));
    }

    EnvironmentTable.LockOffer offer(EnvironmentName environment) {
        return locks.lock(environment).isPresent()
                ? EnvironmentTable.LockOffer.NONE
                : new EnvironmentTable.LockOffer(
                        "/locks/" + environment, requestAuth.whyNot(ctx, Permission.LOCK, environment));
    }
}
