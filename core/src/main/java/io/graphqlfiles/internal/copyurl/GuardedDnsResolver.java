package io.graphqlfiles.internal.copyurl;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The choke point of every connection: the HTTP client asks here for the addresses of each host, IP literals included,
 * and connects to exactly the answer. So what is checked is what is connected to, whatever DNS says a moment later.
 */
final class GuardedDnsResolver implements DnsResolver {

    /** More than these are not tried: each may take the whole connect timeout. */
    private static final int MAX_ADDRESSES = 4;

    private final HostResolver resolver;
    private final PublicAddresses addresses;
    private final Set<Integer> ports;

    GuardedDnsResolver(HostResolver resolver, PublicAddresses addresses, Set<Integer> ports) {
        this.resolver = resolver;
        this.addresses = addresses;
        this.ports = ports;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        // The client hands on IPv6 literals as they stand in the URL.
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        InetAddress[] found = resolver.resolve(bracketed ? host.substring(1, host.length() - 1) : host);
        if (found.length == 0) {
            throw new UnknownHostException(host);
        }
        // One forbidden address spoils all: a name that has both is an attack, or is about to change.
        if (!Stream.of(found).allMatch(addresses::isPermitted)) {
            throw new ForbiddenHostException("the URL leads to an address that is not public");
        }
        if (!ports.contains(port) && !Stream.of(found).allMatch(addresses::isAllowed)) {
            throw new ForbiddenHostException("the URL leads to port " + port + ", which is not permitted");
        }
        return Stream.of(found)
                .limit(MAX_ADDRESSES)
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    /** Not called by the client; without a port there is nothing to check, so there is no answer. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        throw new ForbiddenHostException("the URL leads to an address that was not checked");
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        throw new ForbiddenHostException("the URL leads to an address that was not checked");
    }

    /** The message is for the client. */
    static final class ForbiddenHostException extends UnknownHostException {

        private static final long serialVersionUID = 1;

        ForbiddenHostException(String message) {
            super(message);
        }
    }
}
