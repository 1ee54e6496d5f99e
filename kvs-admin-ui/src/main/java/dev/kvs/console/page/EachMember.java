package dev.kvs.console.page;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.wire.MemberInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Asks members one and the same thing, all at once. */
final class EachMember {
    private EachMember() {}

    static <T> List<Optional<T>> ask(Visit visit, List<MemberInfo> members, Function<KvsClient, T> question) {
        List<String> addresses = members.stream()
                .map(member -> member.self() ? "" : member.address())
                .toList();
        return askAt(visit, addresses, question);
    }

    /**
     * The answers, in the order of the addresses; empty for a member that gave none, so that the rest of a page stands.
     *
     * @param addresses {@code host:port}; empty for the node itself
     */
    static <T> List<Optional<T>> askAt(Visit visit, List<String> addresses, Function<KvsClient, T> question) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return addresses.stream()
                    .map(address -> threads.submit((Callable<Optional<T>>) () -> answer(visit, address, question)))
                    .toList()
                    .stream()
                    .map(EachMember::result)
                    .toList();
        }
    }

    private static <T> Optional<T> answer(Visit visit, String address, Function<KvsClient, T> question) {
        if (address.isEmpty()) {
            return Optional.of(question.apply(visit.kvs()));
        }
        try (KvsClient member = visit.elsewhere().apply(address)) {
            return Optional.of(question.apply(member));
        } catch (KvsClientException silent) {
            return Optional.empty();
        }
    }

    private static <T> Optional<T> result(Future<Optional<T>> answer) {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
