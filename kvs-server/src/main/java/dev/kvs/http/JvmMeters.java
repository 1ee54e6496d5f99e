package dev.kvs.http;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** The JVM's own meters. The management beans are asked for at the first scrape, not while the node starts. */
final class JvmMeters {
    private static final double MILLIS = 1e3;

    private JvmMeters() {}

    static void register(Meters meters) {
        meters.gauge(
                "jvm_memory_heap_used_bytes",
                "Bytes of heap in use.",
                () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        meters.gauge(
                "jvm_memory_heap_max_bytes",
                "Bytes of heap the JVM may use.",
                () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax());
        meters.gauge(
                "jvm_memory_nonheap_used_bytes",
                "Bytes outside the heap in use: classes, compiled code.",
                () -> ManagementFactory.getMemoryMXBean()
                        .getNonHeapMemoryUsage()
                        .getUsed());
        meters.counter(
                "jvm_gc_collections_total",
                "Garbage collections of all collectors.",
                () -> ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                        .sum());
        meters.gauge(
                "jvm_gc_seconds",
                "Seconds spent in garbage collection since the start.",
                () -> ManagementFactory.getGarbageCollectorMXBeans().stream()
                                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                                .sum()
                        / MILLIS);
        meters.gauge(
                "jvm_threads_platform",
                "Live platform threads; virtual ones are not counted.",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
        meters.gauge(
                "jvm_uptime_seconds",
                "Seconds since the JVM started.",
                () -> ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS);
    }
}
