package dev.playcall.store.security;

import dev.playcall.runner.queue.HoldStore;
import dev.playcall.security.access.AllowanceStore;
import dev.playcall.security.access.IdentityLinks.LinkStore;
import dev.playcall.security.approval.LockStore;
import dev.playcall.security.audit.AuditStore;
import dev.playcall.security.identity.AccountStore;
import dev.playcall.security.identity.TokenStore;
import dev.playcall.security.secret.SecretStore;
import dev.playcall.store.sql.ReleaseHold;
import dev.playcall.store.sql.Transactions;
import org.jdbi.v3.core.Jdbi;

/** Who somebody is, what was done, what is kept secret, and what is locked or held back. */
public record SecurityStores(
        LinkStore links,
        AuditStore audit,
        AccountStore accounts,
        TokenStore tokens,
        HoldStore holds,
        LockStore locks,
        SecretStore secrets,
        AllowanceStore allowances) {

    public static SecurityStores of(Transactions transactions, Jdbi readers, ReleaseHold releaseHold) {
        return new SecurityStores(
                new SqlLinkStore(transactions, readers),
                new SqlAuditStore(transactions, readers),
                new SqlAccounts(transactions, readers),
                new SqlTokens(transactions, readers),
                new SqlHoldStore(transactions, readers, releaseHold),
                new SqlLockStore(transactions, readers, releaseHold),
                new SqlSecretStore(transactions, readers),
                new SqlAllowances(transactions, readers));
    }
}
