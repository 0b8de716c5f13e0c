package io.graphqlfiles.internal.copyurl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

    private final PublicAddresses none = new PublicAddresses(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "168.63.129.15",
                "2606:4700::1111",
                "2a00:1450::1",
                "2001:4860:4860::8888",
                "2001:200::1",
                "2620:fe::fe",
                "3ffe::1",
                "2003::1"
            })
    void isPermitted_public(String address) throws Exception {
        assertThat(none.isPermitted(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // IPv4
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                // IPv6
                "::",
                "::1",
                "::127.0.0.1",
                "::8.8.8.8",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::808:808",
                "64:ff9b:1::7f00:1",
                "100::1",
                "2001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:2::1",
                "2001:10::1",
                "2001:20::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:808:808::1",
                "3fff::1",
                "4000::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2a00:1450::5efe:7f00:1",
                "2a00:1450::200:5efe:a00:1"
            })
    void isPermitted_notPublic(String address) throws Exception {
        assertThat(none.isPermitted(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000000000000000ffff7f000001", "00000000000000000000ffff08080808"})
    void isPublic_mappedBytes(String bytes) {
        // The JDK turns such literals into IPv4 addresses; raw answers of a resolver need not have been through that.
        assertThat(PublicAddresses.isPublic(HexFormat.of().parseHex(bytes))).isFalse();
    }

    @Test
    void isPermitted_allowedNetworks() throws Exception {
        PublicAddresses addresses = new PublicAddresses(
                List.of(Network.parse("10.1.0.0/17"), Network.parse("fd00:1::/32"), Network.parse("127.0.0.2")));

        for (String allowed : List.of("10.1.0.0", "10.1.127.255", "fd00:1:ffff::1", "127.0.0.2", "8.8.8.8")) {
            assertThat(addresses.isPermitted(InetAddress.getByName(allowed))).isTrue();
        }
        for (String other : List.of("10.1.128.0", "10.0.255.255", "fd00:2::1", "127.0.0.1", "::1", "::a01:1")) {
            assertThat(addresses.isPermitted(InetAddress.getByName(other))).isFalse();
        }
        assertThat(addresses.isAllowed(InetAddress.getByName("8.8.8.8"))).isFalse();
        assertThat(new PublicAddresses(List.of(Network.parse("0.0.0.0/0")))
                        .isPermitted(InetAddress.getLoopbackAddress()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.org/8",
                "10.0.0.0/33",
                "10.0.0/8",
                "10.0.0.256",
                "fd00::/129",
                "fd00::1::2",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "fe80::1%eth0",
                "10.0.0.0/8 x"
            })
    void parse_malformed(String network) {
        assertThatThrownBy(() -> Network.parse(network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network: expected an address or a block such as \"10.1.0.0/16\" or \"fd00::/8\", found \""
                        + network + "\"");
    }
}
