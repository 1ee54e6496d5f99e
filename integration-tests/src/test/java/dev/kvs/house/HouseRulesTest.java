package dev.kvs.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The rules, held against the project. */
class HouseRulesTest {
    private static final Project PROJECT = Project.here();
    private static final Floors HOUSE = new Floors("dev.kvs");
    private static final JavaClasses CLASSES = Project.shippedClasses();

    @Test
    void everySourceHasTheHouseFormat() throws Exception {
        var files = PROJECT.sources().stream()
                .map(file -> PROJECT.root().resolve(file.path()))
                .toList();
        assertNoBreach(Formatting.unformatted(files));
    }

    @Test
    void noFileIsTooLong() throws Exception {
        assertNoBreach(inEverySource(TextRules::fileLength));
    }

    @Test
    void noMethodIsTooLong() throws Exception {
        assertNoBreach(inEverySource(TreeRules::methodLength));
    }

    @Test
    void nothingIsMarkedAsUnfinished() throws Exception {
        assertNoBreach(inEverySource(TextRules::unfinishedWork));
    }

    @Test
    void namesSayWhatAThingIs() throws Exception {
        assertNoBreach(inEverySource(TreeRules::emptyNames));
    }

    @Test
    void noCatchIsEmpty() throws Exception {
        assertNoBreach(inEverySource(TreeRules::emptyCatch));
    }

    @Test
    void noStaticFieldChanges() throws Exception {
        assertNoBreach(inEverySource(TreeRules::mutableStatics));
    }

    @Test
    void noTestSleeps() throws Exception {
        assertNoBreach(inEverySource(TreeRules::sleepingTests));
    }

    @Test
    void everyPackageIsExplainedAndNullMarked() throws Exception {
        assertNoBreach(TextRules.packagesExplained(PROJECT.sources()));
    }

    @Test
    void versionsArePinnedInOnePlace() throws Exception {
        assertNoBreach(PROJECT.modulePoms().stream()
                .map(TextRules::versionsInOnePlace)
                .flatMap(List::stream)
                .toList());
    }

    @Test
    void packagesUseOnlyFloorsBelowTheirOwn() {
        assertThat(CLASSES).as("the classes under judgement").hasSizeGreaterThan(20);
        assertNoBreach(HOUSE.breaches(CLASSES));
    }

    @Test
    void packagesDoNotGoInCircles() {
        assertNoBreach(HOUSE.cycles(CLASSES));
    }

    @Test
    void noCallPassesByAPort() {
        assertNoBreach(new BannedCalls(HOUSE).breaches(CLASSES));
    }

    @Test
    void librariesStayInTheirRooms() {
        assertNoBreach(new BannedCalls(HOUSE).strayLibraries(CLASSES));
    }

    private static List<Breach> inEverySource(Function<SourceFile, List<Breach>> rule) throws Exception {
        return PROJECT.sources().stream().map(rule).flatMap(List::stream).toList();
    }

    private static void assertNoBreach(List<Breach> breaches) {
        assertThat(breaches)
                .withFailMessage(() -> String.join("\n", lines(breaches)))
                .isEmpty();
    }

    private static List<String> lines(List<Breach> breaches) {
        return breaches.stream().map(Breach::toString).toList();
    }
}
