package dev.playcall.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.128/25, 192.0.2.200, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "10.0.0.0/8, a00::, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "fe80::/10, fe80::1%eth0, true",
        "0.0.0.0/0, 255.255.255.255, true"
    })
    void aRangeHasTheAddressesThatShareItsPrefix(String range, String address, boolean inside) {
        var network = IpNetwork.of(range).orElseThrow();
        assertThat(network.contains(IpNetwork.address(address).orElseThrow())).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10.0",
                "10.0.0",
                "010.0.0.256",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.1/8",
                "10.0.0.0/-1",
                "::/129",
                "2001:db8::1/32",
                "localhost",
                "example.com",
                "1:2",
                "10.0.0.0/8/8",
                "%eth0",
                ":::"
            })
    void whatIsNoneIsNotTakenForOneNorLookedUp(String text) {
        assertThat(IpNetwork.of(text)).isEmpty();
    }
}
