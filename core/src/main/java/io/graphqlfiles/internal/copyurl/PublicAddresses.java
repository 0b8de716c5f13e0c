package io.graphqlfiles.internal.copyurl;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells addresses of the public Internet from all others, by their bytes: names and spellings do not matter here. The
 * blocks are those that IANA's special-purpose registries (RFC 6890) call not globally reachable, and those that carry
 * another address inside.
 */
final class PublicAddresses {

    private static final List<Network> NOT_PUBLIC_V4 = networks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carrier-grade NAT
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // a cloud's own services, although the block is public
            "169.254.0.0/16", // link-local, where clouds keep credentials
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and broadcast

    /**
     * Everything outside leads nowhere or inside: loopback, mapped, NAT64, unique local, link-local, site-local,
     * multicast.
     */
    private static final Network GLOBAL_UNICAST_V6 = Network.parse("2000::/3");

    private static final List<Network> NOT_PUBLIC_V6 = networks(
            "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4
            "3fff::/20"); // documentation

    private final List<Network> allowed;

    /** Public addresses, and those of the networks. */
    PublicAddresses(List<Network> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    private static List<Network> networks(String... networks) {
        return Stream.of(networks).map(Network::parse).toList();
    }

    boolean isPermitted(InetAddress address) {
        return isPublic(address.getAddress()) || isAllowed(address);
    }

    /** Returns whether the address is permitted by a network of its own. */
    boolean isAllowed(InetAddress address) {
        byte[] bytes = address.getAddress();
        return allowed.stream().anyMatch(network -> network.contains(bytes));
    }

    static boolean isPublic(byte[] address) {
        return address.length == 4
                ? NOT_PUBLIC_V4.stream().noneMatch(network -> network.contains(address))
                : GLOBAL_UNICAST_V6.contains(address)
                        && NOT_PUBLIC_V6.stream().noneMatch(network -> network.contains(address))
                        && !isIsatap(address);
    }

    /** RFC 5214, section 6.1: the last four bytes are an IPv4 address, whatever the prefix. */
    private static boolean isIsatap(byte[] address) {
        return (address[8] & ~0x02) == 0 && address[9] == 0 && address[10] == 0x5e && address[11] == (byte) 0xfe;
    }
}
