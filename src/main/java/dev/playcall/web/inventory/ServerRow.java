package dev.playcall.web.inventory;

/**
 * One host in the operations table.
 *
 * @param agent what is known of its agent, {@code v1.1.0, 4 s ago}; empty when none has ever reported
 * @param silent whether its agent reported before and no longer does
 * @param drift how its version differs from that of its group, empty when it does not
 */
record ServerRow(
        String environment,
        String host,
        StatusCell ssh,
        StatusCell provision,
        StatusCell deploy,
        StatusCell whole,
        String agent,
        boolean silent,
        String drift) {
    public boolean isBad() {
        return whole.tone().equals("bad");
    }

    /** The same for as long as it is the same host. */
    public String key() {
        return environment + "/" + host;
    }
}
