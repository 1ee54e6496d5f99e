package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What an import has done.
 *
 * @param lines lines of the input that have been dealt with; all documents up to there are stored, or were skipped. An object
 *     of several lines counts when its last one has been read.
 * @param created documents stored under keys that had none
 * @param replaced documents stored in the place of others
 * @param skipped documents that the mode left out, or that had expired
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ImportReport(long lines, long created, long replaced, long skipped) {
    /** Nothing yet. */
    public static final ImportReport NOTHING = new ImportReport(0, 0, 0, 0);

    /** Documents that were dealt with. */
    public long documents() {
        return created + replaced + skipped;
    }

    /** What this one and a later one have done together. */
    public ImportReport plus(ImportReport later) {
        return new ImportReport(
                lines + later.lines, created + later.created, replaced + later.replaced, skipped + later.skipped);
    }
}
