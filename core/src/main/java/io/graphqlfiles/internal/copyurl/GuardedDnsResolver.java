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
        // The client hands on IPv6 literals as they stand in the URL, and names in Unicode.
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        InetAddress[] found = find(bracketed ? host.substring(1, host.length() - 1) : DomainName.toAscii(host));
        // One forbidden address spoils all: a name that has both is an attack, or is about to change. Whether a name of
        // the inside exists must not show: what is not found is refused in the same words.
        if (found.length == 0 || !Stream.of(found).allMatch(addresses::isPermitted)) {
            throw refused("the URL leads to no address that this server copies from");
        }
        if (!ports.contains(port) && !Stream.of(found).allMatch(addresses::isAllowed)) {
            throw refused("the URL leads to port " + port + ", which is not permitted");
        }
        return Stream.of(found)
                .limit(MAX_ADDRESSES)
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    private InetAddress[] find(String host) throws RefusedHostException {
        try {
            return resolver.resolve(host);
        } catch (RefusedHostException e) {
            throw e;
        } catch (UnknownHostException e) {
            return new InetAddress[0];
        }
    }

    /** Not called by the client; without a port there is nothing to check, so there is no answer. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        throw refused("the URL leads to an address that was not checked");
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        throw refused("the URL leads to an address that was not checked");
    }

    private static RefusedHostException refused(String message) {
        return new RefusedHostException(UrlFetchException.forbidden(message));
    }
}
