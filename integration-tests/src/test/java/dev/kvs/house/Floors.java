package dev.kvs.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who may know whom. In the node a package uses only floors below its own, and rooms of one floor do not know each
 * other; the client and the command line know the wire and not the node. The same table is drawn in
 * {@code docs/architecture.md}.
 *
 * @param root the package that holds the rooms; a parameter so that the planted house can be judged too
 */
record Floors(String root) {
    /** The house of the node. {@code wire} and {@code tls} lie under it: what both sides of the network share. */
    private static final Map<String, Integer> FLOOR_OF_ROOM = Map.ofEntries(
            Map.entry("boot", 5),
            Map.entry("http", 4),
            Map.entry("peer", 4),
            Map.entry("console", 4),
            Map.entry("zookeeper", 4),
            Map.entry("replication", 3),
            Map.entry("storage", 2),
            Map.entry("membership", 2),
            Map.entry("placement", 2),
            Map.entry("merkle", 2),
            Map.entry("security", 2),
            Map.entry("audit", 2),
            Map.entry("backup", 2),
            Map.entry("model", 1),
            Map.entry("platform", 0),
            Map.entry("wire", -1),
            Map.entry("tls", -1));

    /** What lives outside the house, and what it may use. */
    private static final Map<String, List<String>> GUESTS = Map.of(
            "client",
            List.of("wire", "tls"),
            "ctl",
            List.of("client", "wire", "tls"),
            "console",
            List.of("client", "wire", "tls"),
            "testconflict",
            List.of("boot", "replication", "storage", "model", "platform", "wire"));

    List<Breach> breaches(JavaClasses classes) {
        Map<String, Breach> byPair = new TreeMap<>();
        for (JavaClass origin : classes) {
            Optional<String> from = room(origin);
            if (from.isEmpty()) {
                continue;
            }
            if (!FLOOR_OF_ROOM.containsKey(from.get()) && !GUESTS.containsKey(from.get())) {
                byPair.put(origin.getName(), new Breach(origin.getName(), "the room " + from.get() + " has no floor"));
            }
            for (Dependency use : origin.getDirectDependenciesFromSelf()) {
                JavaClass target = use.getTargetClass().getBaseComponentType();
                Optional<String> to = room(target);
                if (to.isPresent() && !to.equals(from) && !mayUse(from.get(), to.get())) {
                    byPair.put(
                            origin.getName() + target.getName(),
                            new Breach(use.getDescription(), from.get() + " may not use " + to.get()));
                }
            }
        }
        return List.copyOf(byPair.values());
    }

    /** Packages that need each other, directly or around a corner. */
    List<Breach> cycles(JavaClasses classes) {
        var result = SlicesRuleDefinition.slices()
                .matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .evaluate(classes);
        List<Breach> breaches = new ArrayList<>();
        result.getFailureReport().getDetails().forEach(cycle -> breaches.add(new Breach(root, cycle)));
        return breaches;
    }

    private static boolean mayUse(String from, String to) {
        List<String> allowed = GUESTS.get(from);
        if (allowed != null) {
            return allowed.contains(to);
        }
        Integer above = FLOOR_OF_ROOM.get(from);
        Integer below = FLOOR_OF_ROOM.get(to);
        return above != null && below != null && below < above;
    }

    /** The room of a class: the first name after the root; empty for a class outside. */
    Optional<String> room(JavaClass type) {
        return place(type).map(place -> place.split("\\.")[0]);
    }

    /** The package of a class after the root; empty for a class outside. */
    Optional<String> place(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(root + ".") ? Optional.of(name.substring(root.length() + 1)) : Optional.empty();
    }
}
