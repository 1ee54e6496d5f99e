package dev.kvs.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule is shown what it forbids, and beside it the nearest thing that it allows. */
class PlantedViolationsTest {
    private static final String PLANTED = "dev.kvs.house.planted";
    private static final Floors HOUSE = new Floors(PLANTED);
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(PLANTED);

    @TempDir
    Path folder;

    @Test
    void aSourceInAnotherFormatIsFound() throws Exception {
        Path crooked = Files.writeString(folder.resolve("Crooked.java"), "class Crooked { int  a ; }\n");
        Path straight = Files.writeString(folder.resolve("Straight.java"), "class Straight {\n    int a;\n}\n");
        assertThat(Formatting.unformatted(List.of(crooked, straight)))
                .containsExactly(new Breach(crooked.toString(), "run integration-tests/format"));
    }

    @Test
    void aSourceThatDoesNotParseIsFound() throws Exception {
        Path broken = Files.writeString(folder.resolve("Broken.java"), "class Broken {\n");
        assertThat(Formatting.unformatted(List.of(broken))).isNotEmpty();
    }

    @Test
    void aFileOneLineTooLongIsFound() {
        assertThat(TextRules.fileLength(product("\n".repeat(TextRules.FILE_LINES_MAX))))
                .isEmpty();
        assertThat(TextRules.fileLength(product("\n".repeat(TextRules.FILE_LINES_MAX + 1))))
                .hasSize(1);
    }

    @Test
    void aMethodOneLineTooLongIsFound() {
        assertThat(TreeRules.methodLength(product(methodOf(TreeRules.METHOD_LINES_MAX))))
                .isEmpty();
        assertThat(TreeRules.methodLength(product(methodOf(TreeRules.METHOD_LINES_MAX + 1))))
                .hasSize(1);
    }

    @Test
    void unfinishedWorkIsFoundOnItsLine() {
        String mark = "TO" + "DO";
        assertThat(TextRules.unfinishedWork(product("class A {\n    // " + mark + " later\n}\n")))
                .singleElement()
                .satisfies(breach -> assertThat(breach.where()).endsWith("A.java:2"));
        assertThat(TextRules.unfinishedWork(product("class A { String TODOS; }")))
                .isEmpty();
    }

    @Test
    void namesThatSayNothingAreFound() {
        for (String name : List.of("StoreImpl", "KeyManager", "JsonUtils", "HelperForKeys", "BaseStore")) {
            assertThat(TreeRules.emptyNames(product("class " + name + " {}")))
                    .as(name)
                    .hasSize(1);
        }
        assertThat(TreeRules.emptyNames(product("record Outer() { enum StoreUtil { A } }")))
                .hasSize(1);
        assertThat(TreeRules.emptyNames(product("package dev.kvs.common; class A {}")))
                .hasSize(1);
        assertThat(TreeRules.emptyNames(product("package dev.kvs.wire; class Base64Text {} class Baseline {}")))
                .isEmpty();
    }

    @Test
    void anEmptyCatchIsFoundEvenWithAComment() {
        String attempt = "class A { void a() { try { b(); } catch (Exception e) { %s } } }";
        assertThat(TreeRules.emptyCatch(product(attempt.formatted("/* fine */"))))
                .hasSize(1);
        assertThat(TreeRules.emptyCatch(product(attempt.formatted("c();")))).isEmpty();
    }

    @Test
    void staticsThatChangeAreFound() {
        assertThat(TreeRules.mutableStatics(product("class A { static int count; }")))
                .hasSize(1);
        assertThat(TreeRules.mutableStatics(product("class A { static synchronized void a() {} }")))
                .hasSize(1);
        assertThat(TreeRules.mutableStatics(product("class A { static final int MAX = 1; int count; }")))
                .isEmpty();
    }

    @Test
    void aSleepingTestIsFound() {
        String text = "class A { void a() throws Exception { %s.sleep(5); } }";
        for (String sleeper : List.of("Thread", "java.lang.Thread", "TimeUnit.SECONDS")) {
            assertThat(TreeRules.sleepingTests(test(text.formatted(sleeper))))
                    .as(sleeper)
                    .hasSize(1);
        }
        assertThat(TreeRules.sleepingTests(test(text.formatted("simulatedTime"))))
                .isEmpty();
    }

    @Test
    void aPackageWithoutExplanationIsFound() {
        SourceFile type = product("class A {}");
        assertThat(TextRules.packagesExplained(List.of(type))).hasSize(1);
        assertThat(TextRules.packagesExplained(List.of(type, packageInfo("package dev.kvs.wire;"))))
                .hasSize(2);
        assertThat(TextRules.packagesExplained(List.of(type, packageInfo("""
            /** The words that both sides of the network share. */
            @NullMarked
            package dev.kvs.wire;
            """)))).isEmpty();
    }

    @Test
    void aVersionInAModuleIsFound() {
        String parent = "<parent><version>1</version></parent>";
        assertThat(TextRules.versionsInOnePlace(product(parent))).isEmpty();
        assertThat(TextRules.versionsInOnePlace(product(parent + "<version>2.1</version>")))
                .hasSize(1);
    }

    @Test
    void everyForbiddenWayThroughTheHouseIsFound() {
        assertThat(HOUSE.breaches(CLASSES))
                .extracting(Breach::what)
                .containsExactlyInAnyOrder(
                        "model may not use storage",
                        "storage may not use merkle",
                        "client may not use model",
                        "the room attic has no floor");
    }

    @Test
    void aCircleOfPackagesIsFound() {
        assertThat(HOUSE.cycles(CLASSES))
                .singleElement()
                .satisfies(breach -> assertThat(breach.what()).contains("replication.push", "replication.pull"));
    }

    @Test
    void everyBannedCallIsFound() {
        for (BannedCalls.Ban ban : BannedCalls.BANS) {
            assertThat(CLASSES.get(PLANTED + ".storage.Banned").getAccessesFromSelf())
                    .as(ban.toString())
                    .anyMatch(access -> ban.covers(access, Optional.of("storage")));
        }
        assertThat(new BannedCalls(HOUSE).breaches(CLASSES)).hasSizeGreaterThanOrEqualTo(BannedCalls.BANS.size());
    }

    @Test
    void aBannedCallIsAllowedInTheRoomThatOwnsIt() {
        assertThat(new BannedCalls(HOUSE).breaches(CLASSES))
                .noneMatch(breach -> breach.where().contains(".platform."));
    }

    @Test
    void aLibraryOutsideItsRoomIsFound() {
        assertThat(new BannedCalls(HOUSE).strayLibraries(CLASSES))
                .isNotEmpty()
                .allMatch(breach -> breach.where().contains("planted.http.AsksTheDatabase"))
                .allMatch(breach -> breach.what().equals("java.sql stays in [storage.table]"));
    }

    private static String methodOf(int lines) {
        return "class A {\n    void a() {\n" + "        b();\n".repeat(lines - 2) + "    }\n}\n";
    }

    private static SourceFile product(String text) {
        return new SourceFile("kvs-client/src/main/java/dev/kvs/wire/A.java", text);
    }

    private static SourceFile test(String text) {
        return new SourceFile("kvs-client/src/test/java/dev/kvs/wire/A.java", text);
    }

    private static SourceFile packageInfo(String text) {
        return new SourceFile("kvs-client/src/main/java/dev/kvs/wire/package-info.java", text);
    }
}
