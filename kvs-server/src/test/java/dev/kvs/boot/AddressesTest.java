package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:8080",
        "0.0.0.0, http://127.0.0.1:8080",
        "::, http://[::1]:8080",
        "::1, http://[::1]:8080",
        "[::1], http://[::1]:8080",
        "db.example.org, http://db.example.org:8080"
    })
    void anAddressIsShownAsPeopleTypeIt(String bindAddress, String url) {
        assertThat(Addresses.url("http", bindAddress, 8080)).isEqualTo(url);
    }
}
