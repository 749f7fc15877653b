package dev.playcall.chat.discord;

import java.util.LinkedHashMap;
import java.util.Map;

/** What came lately, so that a second delivery is known before anything is asked from the database. */
final class RecentDeliveries {
    private static final int KEPT = 2000;

    private final Map<String, Boolean> keys = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > KEPT;
        }
    };

    synchronized boolean isFirst(String key) {
        return keys.put(key, true) == null;
    }
}
