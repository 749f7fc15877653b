package dev.playcall.web.pages;

/** One host in the operations table. */
public record ServerRow(String environment, String host, Cell ssh, Cell provision, Cell deploy, Cell whole) {
    /** The same for as long as it is the same host. */
    public String key() {
        return environment + "/" + host;
    }
}
