package dev.kvs.house;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Calls that pass by a port, leave a library's room or depend on the machine's settings; each ban names its
 * replacement.
 */
record BannedCalls(Floors house) {
    private static final String NEW = "<init>";

    /** Where the ports are made real, and what never runs in a simulation. */
    private static final Set<String> OUTSIDE_WORLD =
            Set.of("platform", "boot", "client", "console.standalone", "tls", "ctl");

    private static final Set<String> PROCESS_OWNERS = Set.of("boot", "ctl", "console.standalone", "testconflict");

    private static final String TIME = "use dev.kvs.platform.Time";
    private static final String PACE = "wait for a condition with a deadline, through a port of the consumer";
    private static final String RANDOM = "use dev.kvs.platform.Randomness";
    private static final String DISK = "use dev.kvs.platform.Disk";
    private static final String CHARSET = "name the charset";
    private static final String LOG = "log it";

    static final List<Ban> BANS = List.of(
            new Ban("java.lang.System", "currentTimeMillis", OUTSIDE_WORLD, TIME),
            new Ban("java.lang.System", "nanoTime", OUTSIDE_WORLD, TIME),
            new Ban("java.time.Instant", "now", OUTSIDE_WORLD, TIME),
            new Ban("java.time.LocalDateTime", "now", OUTSIDE_WORLD, TIME),
            new Ban("java.time.ZonedDateTime", "now", OUTSIDE_WORLD, TIME),
            new Ban("java.time.OffsetDateTime", "now", OUTSIDE_WORLD, TIME),
            new Ban("java.time.LocalDate", "now", OUTSIDE_WORLD, TIME),
            new Ban("java.time.Clock", "system.*", OUTSIDE_WORLD, TIME),
            new Ban("java.util.Date", "<init>\\(\\)", OUTSIDE_WORLD, TIME),
            new Ban("java.lang.Thread", "sleep", OUTSIDE_WORLD, PACE),
            new Ban("java.util.concurrent.TimeUnit", "sleep", OUTSIDE_WORLD, PACE),
            new Ban("java.util.Timer", NEW, OUTSIDE_WORLD, PACE),
            new Ban("java.lang.Math", "random", OUTSIDE_WORLD, RANDOM),
            new Ban("java.util.Random", NEW, OUTSIDE_WORLD, RANDOM),
            new Ban("java.util.SplittableRandom", NEW, OUTSIDE_WORLD, RANDOM),
            new Ban("java.security.SecureRandom", NEW, OUTSIDE_WORLD, RANDOM),
            new Ban("java.util.concurrent.ThreadLocalRandom", "current", OUTSIDE_WORLD, RANDOM),
            new Ban("java.util.UUID", "randomUUID", OUTSIDE_WORLD, RANDOM + " and dev.kvs.model.Uuids"),
            new Ban("java.nio.file.Files", ".*", OUTSIDE_WORLD, DISK),
            new Ban("java.nio.channels.FileChannel", "open", OUTSIDE_WORLD, DISK),
            new Ban("java.io.RandomAccessFile", NEW, OUTSIDE_WORLD, DISK),
            new Ban("java.io.FileOutputStream", NEW, OUTSIDE_WORLD, DISK),
            new Ban("java.io.FileInputStream", NEW, OUTSIDE_WORLD, DISK),
            new Ban("java.lang.System", "exit", PROCESS_OWNERS, "throw; only the process's owner ends it"),
            new Ban("java.lang.System", "out", PROCESS_OWNERS, LOG),
            new Ban("java.lang.System", "err", PROCESS_OWNERS, LOG),
            new Ban("java.lang.Throwable", "printStackTrace", Set.of(), LOG + " with its cause"),
            new Ban("java.nio.charset.Charset", "defaultCharset", Set.of(), CHARSET),
            new Ban("java.lang.String", "getBytes\\(\\)", Set.of(), CHARSET),
            new Ban("java.lang.String", "<init>\\(\\[B\\)", Set.of(), CHARSET),
            new Ban("java.lang.String", "<init>\\(\\[B, int, int\\)", Set.of(), CHARSET),
            new Ban("java.io.InputStreamReader", "<init>\\(java.io.InputStream\\)", Set.of(), CHARSET),
            new Ban("java.io.OutputStreamWriter", "<init>\\(java.io.OutputStream\\)", Set.of(), CHARSET),
            new Ban("java.io.FileReader", "<init>\\([^,]*\\)", Set.of(), CHARSET),
            new Ban("java.io.FileWriter", "<init>\\([^,]*\\)", Set.of(), CHARSET),
            new Ban("java.lang.String", "to(Lower|Upper)Case\\(\\)", Set.of(), "name the locale, mostly Locale.ROOT"));

    /** Packages of libraries and ours that they stay in, so that each can be replaced by changing one package. */
    private static final List<Library> LIBRARIES = List.of(
            new Library("java.sql", Set.of("storage.table")),
            new Library("javax.sql", Set.of("storage.table")),
            new Library("org.h2", Set.of("storage.table")),
            new Library("com.github.luben.zstd", Set.of("storage.format")),
            new Library("io.helidon", Set.of("boot", "http", "peer", "console.standalone")),
            new Library("org.thymeleaf", Set.of("console")),
            new Library("org.apache.curator", Set.of("zookeeper")),
            new Library("org.apache.zookeeper", Set.of("zookeeper")),
            new Library("picocli", Set.of("ctl", "testconflict")),
            new Library("org.jline", Set.of("ctl")));

    /**
     * One banned call.
     *
     * @param owner the class it is called on
     * @param member a pattern for the member's name, or for its name with the types of its parameters in parentheses
     * @param allowedIn packages that may, themselves and what lies below them
     * @param instead what to do
     */
    record Ban(String owner, String member, Set<String> allowedIn, String instead) {
        boolean covers(JavaAccess<?> access, Optional<String> place) {
            return access.getTargetOwner().isAssignableTo(owner)
                    && (access.getName().matches(member) || signature(access).matches(member))
                    && place.filter(origin -> liesIn(allowedIn, origin)).isEmpty();
        }

        private static String signature(JavaAccess<?> access) {
            return access.getTarget() instanceof CodeUnitAccessTarget called
                    ? called.getRawParameterTypes().stream()
                            .map(JavaClass::getName)
                            .collect(Collectors.joining(", ", access.getName() + "(", ")"))
                    : access.getName();
        }
    }

    /**
     * A library that stays in its place.
     *
     * @param root its package
     * @param allowedIn packages that may use it, themselves and what lies below them
     */
    record Library(String root, Set<String> allowedIn) {
        boolean holds(JavaClass type) {
            return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
        }

        boolean mayStayIn(String place) {
            return liesIn(allowedIn, place);
        }
    }

    private static boolean liesIn(Set<String> packages, String place) {
        return packages.stream().anyMatch(allowed -> (place + ".").startsWith(allowed + "."));
    }

    List<Breach> breaches(JavaClasses classes) {
        List<Breach> breaches = new ArrayList<>();
        for (JavaClass origin : classes) {
            Optional<String> place = house.place(origin);
            for (JavaAccess<?> access : origin.getAccessesFromSelf()) {
                BANS.stream()
                        .filter(ban -> ban.covers(access, place))
                        .findFirst()
                        .map(ban -> new Breach(place(access), access.getTarget().getFullName() + ": " + ban.instead()))
                        .ifPresent(breaches::add);
            }
        }
        return breaches;
    }

    List<Breach> strayLibraries(JavaClasses classes) {
        Set<Breach> breaches = new LinkedHashSet<>();
        for (JavaClass origin : classes) {
            Optional<String> place = house.place(origin);
            for (var use : origin.getDirectDependenciesFromSelf()) {
                for (Library library : LIBRARIES) {
                    if (library.holds(use.getTargetClass())
                            && place.filter(library::mayStayIn).isEmpty()) {
                        breaches.add(
                                new Breach(use.getDescription(), library.root() + " stays in " + library.allowedIn()));
                    }
                }
            }
        }
        return List.copyOf(breaches);
    }

    private static String place(JavaAccess<?> access) {
        JavaCodeUnit caller = access.getOrigin();
        String name = caller instanceof JavaConstructor ? "constructor" : caller.getName();
        return caller.getOwner().getName() + "." + name + " (line " + access.getLineNumber() + ")";
    }
}
