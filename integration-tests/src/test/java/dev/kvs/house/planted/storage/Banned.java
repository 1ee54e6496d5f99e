package dev.kvs.house.planted.storage;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Each banned call once. Compiled and read, never run. */
final class Banned {
    List<Object> time() {
        return List.of(
                System.currentTimeMillis(),
                System.nanoTime(),
                Instant.now(),
                LocalDateTime.now(),
                ZonedDateTime.now(),
                OffsetDateTime.now(),
                LocalDate.now(),
                Clock.systemUTC(),
                new Date());
    }

    List<Object> randomness() {
        return List.of(
                Math.random(),
                new Random(),
                new SplittableRandom(),
                new SecureRandom(),
                ThreadLocalRandom.current(),
                UUID.randomUUID());
    }

    List<Object> disk(Path file) throws Exception {
        return List.of(
                Files.exists(file),
                FileChannel.open(file),
                new RandomAccessFile(file.toFile(), "r"),
                new FileOutputStream(file.toFile()),
                new FileInputStream(file.toFile()));
    }

    List<Object> machineSettings(byte[] bytes) throws Exception {
        return List.of(
                Charset.defaultCharset(),
                "a".getBytes(),
                new String(bytes),
                new String(bytes, 0, 1),
                new InputStreamReader(System.in),
                new OutputStreamWriter(System.out),
                new FileReader("a"),
                new FileWriter("a"),
                "a".toLowerCase());
    }

    void process() {
        new Timer().cancel();
        System.err.println("a");
        new IllegalStateException().printStackTrace();
        System.exit(1);
    }

    /** By reference, which is a call too. */
    List<Pause> pauses() {
        return List.of(Thread::sleep, TimeUnit.SECONDS::sleep);
    }

    interface Pause {
        void of(long time) throws InterruptedException;
    }
}
