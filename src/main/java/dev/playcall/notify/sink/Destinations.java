package dev.playcall.notify.sink;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import okhttp3.Dns;

/**
 * Looks up names for outgoing calls and refuses addresses inside: what is checked is what is connected to, as the caller
 * connects to the addresses returned here and looks nothing up itself.
 */
final class Destinations implements Dns {
    /** Where nobody outside is: what is private, reserved, or answers machines of a cloud about themselves. */
    private static final List<Range> INSIDE_4 = Range.list(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3");

    private static final List<Range> INSIDE_6 = Range.list(
            "::/128",
            "::1/128",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "3fff::/20",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");
    /** These carry an IPv4 address that is where the packet goes, from this byte on. */
    private static final List<Carrier> CARRIERS = List.of(
            new Carrier(Range.of("64:ff9b::/96"), 12),
            new Carrier(Range.of("2002::/16"), 2),
            new Carrier(Range.of("::/96"), 12));

    private final boolean insideToo;
    private final Dns resolver;

    /** @param insideToo for a receiver that is allowed to be in a private network */
    Destinations(boolean insideToo) {
        this(insideToo, Dns.SYSTEM);
    }

    Destinations(boolean insideToo, Dns resolver) {
        this.insideToo = insideToo;
        this.resolver = resolver;
    }

    /** An address that is not allowed; a sink says so and does not try again. */
    static final class InsideException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        InsideException(String host) {
            super(host + " is a private address; set allow_private: true for this receiver to allow it");
        }
    }

    private record Range(InetAddress base, int bits) {
        static List<Range> list(String... all) {
            return Arrays.stream(all).map(Range::of).toList();
        }

        static Range of(String text) {
            int slash = text.indexOf('/');
            return new Range(
                    InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
        }

        boolean contains(byte[] address) {
            var wanted = base.getAddress();
            if (address.length != wanted.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> (i % 8);
                if ((address[i / 8] & mask) != (wanted[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private record Carrier(Range range, int from) {}

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        var addresses = resolver.lookup(host);
        for (var address : addresses) {
            if (!insideToo && isInside(address)) {
                throw new InsideException(host);
            }
        }
        return addresses;
    }

    /** An address that is written as one is never looked up, so it is checked before the call. */
    boolean allow(String host) {
        if (insideToo) {
            return true;
        }
        var literal = host.replaceAll("[\\[\\]]", "");
        if (!(literal.contains(":") || literal.matches("[0-9.]+"))) {
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
        if (address instanceof Inet6Address) {
            return INSIDE_6.stream().anyMatch(r -> r.contains(b))
                    || isatap(b)
                    || CARRIERS.stream().anyMatch(c -> c.range().contains(b) && isInside4(b, c.from()));
        }
        return isInside4(b, 0);
    }

    private static boolean isInside4(byte[] b, int from) {
        var four = Arrays.copyOfRange(b, from, from + 4);
        return INSIDE_4.stream().anyMatch(r -> r.contains(four));
    }

    /** The last half of such an address says which IPv4 address it is. */
    private static boolean isatap(byte[] b) {
        return (b[8] & 0xfd) == 0 && b[9] == 0 && b[10] == 0x5e && (b[11] & 0xff) == 0xfe && isInside4(b, 12);
    }
}
