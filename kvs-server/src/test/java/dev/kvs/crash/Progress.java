package dev.kvs.crash;

/** How far the steps have come: how many were acknowledged, and how many were begun (at most one more). */
record Progress(int acknowledged, int begun) {
    static final Progress NONE = new Progress(0, 0);

    Progress beginNext() {
        return new Progress(acknowledged, acknowledged + 1);
    }

    Progress acknowledge() {
        return new Progress(begun, begun);
    }

    /** What a recovery has shown counts as acknowledged from then on: nobody may see it and then see it gone. */
    Progress recovered(int found) {
        if (found < acknowledged) {
            throw new AssertionError("lost acknowledged steps: " + acknowledged + " acknowledged, " + found + " found");
        }
        if (found > begun) {
            throw new AssertionError("found steps nobody took: " + begun + " begun, " + found + " found");
        }
        return new Progress(found, found);
    }
}
