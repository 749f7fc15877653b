package dev.playcall.web.pages;

import java.util.List;

/**
 * The operations table of one environment.
 *
 * @param servers those in trouble first
 * @param more how many are not shown
 */
public record EnvironmentTable(String name, int hosts, int bad, List<ServerRow> servers, int more) {
    public EnvironmentTable {
        servers = List.copyOf(servers);
    }
}
