package dev.playcall.notify.sink;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/**
 * Looks up names for outgoing calls and refuses addresses inside: what is checked is what is connected to, as the caller
 * connects to the addresses returned here and looks nothing up itself.
 */
final class Destinations implements Dns {
    private final boolean insideToo;

    /** @param insideToo for a receiver that is allowed to be in a private network */
    Destinations(boolean insideToo) {
        this.insideToo = insideToo;
    }

    /** An address that is not allowed; a sink says so and does not try again. */
    static final class InsideException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        InsideException(String host) {
            super(host + " is an address inside; set allow_private: true for this receiver if that is meant");
        }
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        var addresses = List.of(InetAddress.getAllByName(host));
        for (var address : addresses) {
            if (!insideToo && isInside(address)) {
                throw new InsideException(host);
            }
        }
        return addresses;
    }

    /** An address that is written as one is never looked up, so it is checked before the call. */
    boolean allow(String host) {
        var literal = host.replaceAll("[\\[\\]]", "");
        if (insideToo || !(literal.contains(":") || literal.matches("[0-9.]+"))) {
            return true;
        }
        try {
            return !isInside(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static boolean isInside(InetAddress address) {
        var b = address.getAddress();
        boolean usual = address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        if (usual) {
            return true;
        }
        if (address instanceof Inet6Address) {
            return (b[0] & 0xfe) == 0xfc || embedsInside(b);
        }
        return (b[0] & 0xff) == 0 || (b[0] & 0xff) >= 240 || isShared(b);
    }

    /** 100.64.0.0/10, between providers and their customers. */
    private static boolean isShared(byte[] b) {
        return (b[0] & 0xff) == 100 && (b[1] & 0xc0) == 64;
    }

    /** 64:ff9b::/96 and 2002::/16 carry an IPv4 address that is where the packet goes. */
    private static boolean embedsInside(byte[] b) {
        boolean nat64 = b[0] == 0 && (b[1] & 0xff) == 0x64 && (b[2] & 0xff) == 0xff && (b[3] & 0xff) == 0x9b;
        boolean sixToFour = (b[0] & 0xff) == 0x20 && b[1] == 2;
        if (!nat64 && !sixToFour) {
            return false;
        }
        int from = nat64 ? 12 : 2;
        try {
            return isInside(InetAddress.getByAddress(new byte[] {b[from], b[from + 1], b[from + 2], b[from + 3]}));
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
