/**
 * Stops a storage system at every write and asks what it remembers. {@link dev.kvs.crash.CrashHarness} runs the same
 * seeded steps over and over on a {@link dev.kvs.platform.SimDisk}, cuts the power during each operation in turn, and
 * lets the system recover from everything the disk may have left.
 */
package dev.kvs.crash;
