package dev.playcall.store.notify;

import dev.playcall.chat.message.ChatStore;
import dev.playcall.notify.alert.AlertStore;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.routing.RoutingStore;
import dev.playcall.store.sql.Transactions;
import org.jdbi.v3.core.Jdbi;

/** What is said in channels and to receivers, and the alerts. */
public record NotifyStores(ChatStore chat, NotifyStore notices, AlertStore alerts, RoutingStore routing) {

    public static NotifyStores of(Transactions transactions, Jdbi readers) {
        return new NotifyStores(
                new SqlChatStore(transactions, readers),
                new SqlNotifyStore(transactions, readers),
                new SqlAlertStore(transactions, readers),
                new SqlRoutingStore(transactions, readers));
    }
}
