package dev.kvs.client;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Walks pages by their {@code next}, each fetched only when it is asked for. */
final class Pages<P> implements Iterator<P> {
    private final Function<@Nullable String, P> fetch;
    private final Function<P, @Nullable String> nextOf;
    private @Nullable String after;
    private boolean more = true;

    private Pages(@Nullable String after, Function<@Nullable String, P> fetch, Function<P, @Nullable String> nextOf) {
        this.after = after;
        this.fetch = fetch;
        this.nextOf = nextOf;
    }

    static <P> Stream<P> stream(
            @Nullable String after, Function<@Nullable String, P> fetch, Function<P, @Nullable String> nextOf) {
        Iterator<P> pages = new Pages<>(after, fetch, nextOf);
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    @Override
    public boolean hasNext() {
        return more;
    }

    @Override
    public P next() {
        if (!more) {
            throw new NoSuchElementException("the last page has been read");
        }
        P page = fetch.apply(after);
        after = nextOf.apply(page);
        more = after != null;
        return page;
    }
}
