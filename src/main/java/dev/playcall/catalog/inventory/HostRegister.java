package dev.playcall.catalog.inventory;

import dev.playcall.domain.name.EnvironmentName;
import java.util.List;
import java.util.Optional;

/** Where hosts are kept that stand in no file. Every method is one transaction. */
public interface HostRegister {
    /** Without any. */
    HostRegister NONE = new HostRegister() {
        @Override
        public long revision() {
            return 0;
        }

        @Override
        public List<RegisteredHost> of(EnvironmentName environment) {
            return List.of();
        }

        @Override
        public boolean put(EnvironmentName environment, RegisteredHost host, Optional<RegisteredHost> before) {
            throw new IllegalStateException("hosts cannot be registered here");
        }

        @Override
        public boolean putAll(EnvironmentName environment, List<RegisteredHost> hosts, long revision) {
            throw new IllegalStateException("hosts cannot be registered here");
        }

        @Override
        public boolean remove(EnvironmentName environment, String host) {
            return false;
        }
    };

    /** Another number after every change. */
    long revision();

    /** By name. */
    List<RegisteredHost> of(EnvironmentName environment);

    default Optional<RegisteredHost> find(EnvironmentName environment, String host) {
        return of(environment).stream().filter(h -> h.name().equals(host)).findFirst();
    }

    /**
     * Keeps it; false, and nothing is kept, when meanwhile it is not what it was.
     *
     * @param before as the writer saw it; empty when it was not there
     */
    boolean put(EnvironmentName environment, RegisteredHost host, Optional<RegisteredHost> before);

    /**
     * Keeps all of them, in place of those with the same names; false, and nothing is kept, when something was changed
     * since that revision.
     */
    boolean putAll(EnvironmentName environment, List<RegisteredHost> hosts, long revision);

    /** False when it was not there. */
    boolean remove(EnvironmentName environment, String host);
}
