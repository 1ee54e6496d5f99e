package dev.kvs.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Rates read off a node's metrics. */
class SamplesTest {
    private final Samples samples = new Samples();

    /** As a node writes them: a route's name for its parameter stands in braces, too. */
    private static String metrics(String route, double count, double seconds) {
        String labels = "{method=\"GET\",route=\"" + route + "\",status=\"2xx\"} ";
        return "# TYPE kvs_http_requests_seconds summary\nkvs_http_requests_seconds_count" + labels + count
                + "\nkvs_http_requests_seconds_sum" + labels + seconds + "\nkvs_keys 7\n";
    }

    @Test
    void twoLooksMakeARate() {
        samples.add(1_000, metrics("/kv/{key}", 100, 0.1));
        assertThat(samples.rates()).isEmpty();
        samples.add(3_000, metrics("/kv/{key}", 1.2E2, 0.14));

        Samples.Rate rate = samples.rates().getFirst();
        assertThat(rate.lasted()).isEqualTo(2_000);
        assertThat(rate.perSecond()).isCloseTo(10, within(1e-9));
        assertThat(rate.latencyMillis()).isCloseTo(2, within(1e-9));
    }

    @Test
    void routesThatAreNoOperationsOnDocumentsDoNotCount() {
        for (String route : List.of("/members/{id}", "/metrics", "/kv/_watch", "/kv/_export", "/kv/_import")) {
            Samples others = new Samples();
            others.add(0, metrics(route, 0, 0));
            others.add(1_000, metrics(route, 5, 600));
            assertThat(others.rates().getFirst().perSecond()).as(route).isZero();
        }
        samples.add(0, metrics("/kv/{key}/_history", 0, 0) + metrics("/kv/_batch", 0, 0));
        samples.add(1_000, metrics("/kv/{key}/_history", 1, 1) + metrics("/kv/_batch", 1, 1));
        assertThat(samples.rates().getFirst().perSecond()).isEqualTo(2);
    }

    @Test
    void aNodeThatBeganAgainHasNoRateYet() {
        samples.add(0, metrics("/kv/{key}", 100, 1));
        samples.add(1_000, metrics("/kv/{key}", 3, 1));
        assertThat(samples.rates()).isEmpty();
    }

    @Test
    void twoVisitorsAtOnceMakeOneSample() {
        samples.add(0, metrics("/kv/{key}", 1, 1));
        samples.add(999, metrics("/kv/{key}", 2, 1));
        assertThat(samples.rates()).isEmpty();
    }
}
