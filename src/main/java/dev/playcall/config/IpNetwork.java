package dev.playcall.config;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IP addresses in CIDR notation; a single address is a range of one. Nothing is looked up by name.
 *
 * @param base the first address, whose bits after the prefix are zero
 * @param prefix how many leading bits all of them share
 */
public record IpNetwork(InetAddress base, int prefix) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%[\\w.-]{1,20})?");
    private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");

    /** The range that is written as {@code 10.0.0.0/8}, {@code fd00::/8} or a single address. */
    public static Optional<IpNetwork> of(String text) {
        int slash = text.indexOf('/');
        var address = address(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return address.map(a -> new IpNetwork(a, bits(a)));
        }
        var length = text.substring(slash + 1);
        return address.filter(a -> PREFIX.matcher(length).matches() && Integer.parseInt(length) <= bits(a))
                .map(a -> around(a, Integer.parseInt(length)))
                .filter(n -> address.get().equals(n.base()));
    }

    /** An address as it is written; an IPv4 address that is wrapped in an IPv6 one is taken out of it. */
    public static Optional<InetAddress> address(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text.replaceFirst("%.*", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The range of this size that an address is in. */
    public static IpNetwork around(InetAddress address, int prefix) {
        int rest = bits(address) - prefix;
        var first = number(address).shiftRight(rest).shiftLeft(rest).toByteArray();
        var bytes = new byte[bits(address) / 8];
        int length = Math.min(first.length, bytes.length);
        System.arraycopy(first, first.length - length, bytes, bytes.length - length, length);
        try {
            return new IpNetwork(InetAddress.getByAddress(bytes), prefix);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean contains(InetAddress address) {
        return bits(address) == bits(base) && around(address, prefix).base().equals(base);
    }

    private static int bits(InetAddress address) {
        return address instanceof Inet4Address ? 32 : 128;
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    @Override
    public String toString() {
        var address = base.getHostAddress();
        return prefix == bits(base) ? address : address + "/" + prefix;
    }
}
