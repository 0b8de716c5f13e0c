package io.graphqlfiles.internal.copyurl;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks up the addresses of a host. Thread-safe. */
@FunctionalInterface
public interface HostResolver {

    /**
     * All addresses of the host, in the order in which to try them.
     *
     * @param host a name or the text of an address
     * @throws UnknownHostException if there are none
     */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
