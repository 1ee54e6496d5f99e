package dev.kvs.console.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Styles, scripts and pictures. Their content's hash is part of their path, so browsers keep them for ever and never see an old
 * one; they lie in memory compressed.
 */
public final class StaticFiles {
    private static final String FOLDER = "/dev/kvs/console/static/";
    private static final List<String> NAMES = List.of("console.css", "console.js", "live.js", "icon.svg");
    private static final int HASH_DIGITS = 16;
    private static final String FOREVER = "public, max-age=31536000, immutable";

    private final Map<String, File> files = new LinkedHashMap<>();
    private final String hash;

    private record File(String type, byte[] plain, byte[] zipped) {}

    public StaticFiles() {
        MessageDigest all = sha256();
        for (String name : NAMES) {
            byte[] bytes = read(name);
            all.update(bytes);
            files.put(name, new File(type(name), bytes, Response.gzip(bytes)));
        }
        this.hash = HexFormat.of().formatHex(all.digest()).substring(0, HASH_DIGITS);
    }

    /** Where the files are, below the mount: {@code /static/0123456789abcdef/}. */
    public String folder() {
        return "/static/" + hash + "/";
    }

    /** The file of a path below {@code /static/}; 404 for another version's. */
    public Response answer(Request request) {
        File file =
                request.path().startsWith(folder()) ? files.get(request.path().substring(folder().length())) : null;
        if (file == null) {
            return Response.empty(404);
        }
        boolean zip = request.takesGzip();
        Response response = new Response(200, Map.of(), zip ? file.zipped() : file.plain(), null)
                .with("Content-Type", file.type())
                .with("Cache-Control", FOREVER)
                .with("Vary", "Accept-Encoding");
        return zip ? response.with("Content-Encoding", "gzip") : response;
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".css" -> "text/css; charset=utf-8";
            case ".js" -> "text/javascript; charset=utf-8";
            default -> "image/svg+xml";
        };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static byte[] read(String name) {
        try (InputStream source = StaticFiles.class.getResourceAsStream(FOLDER + name)) {
            return Objects.requireNonNull(source, name).readAllBytes();
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
