package dev.kvs.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RightsTest {
    private static final UUID ADA = new UUID(1, 1);
    private static final UUID BOB = new UUID(1, 2);
    private static final UUID STAFF = new UUID(2, 1);
    private static final Key KEY = Key.of("a/b");

    private static Caller user(UUID id, Set<UUID> groups, String... scopes) {
        return new Caller("someone", id, groups, Scopes.of(List.of(scopes)));
    }

    private static Rights rights(Caller caller) {
        return new Rights(caller, _ -> Policy.everywhere(Acl.DEFAULT_PERMISSIONS));
    }

    /** The table of POSIX, written down once more as simply as possible. */
    private static boolean oracle(Caller caller, Acl acl, Verb verb) {
        if (!caller.scopes().names().contains(verb.scope())) {
            return false;
        }
        String bits =
                String.format("%12s", Integer.toBinaryString(acl.permissions())).replace(' ', '0');
        int from = 8;
        if (ADA.equals(acl.owner())) {
            from = 0;
        } else if (acl.group() != null && caller.groups().contains(acl.group())) {
            from = 4;
        }
        int place = List.of(Verb.CREATE, Verb.DELETE, Verb.WRITE, Verb.READ).indexOf(verb);
        return bits.charAt(from + place) == '1';
    }

    @Test
    void everyCombinationIsDecidedAsPosixWould() {
        SplittableRandom random = new SplittableRandom(7);
        List<String> all = List.of(Scopes.READ, Scopes.WRITE, Scopes.DELETE);
        for (int i = 0; i < 20_000; i++) {
            List<String> scopes =
                    all.stream().filter(_ -> random.nextInt(4) > 0).toList();
            Caller caller = user(ADA, random.nextBoolean() ? Set.of(STAFF) : Set.of(), scopes.toArray(String[]::new));
            Acl acl = new Acl(
                    random.nextBoolean() ? ADA : BOB, random.nextBoolean() ? STAFF : null, random.nextInt(0x1000));
            Rights rights = rights(caller);
            assertThat(rights.mayRead(acl)).isEqualTo(oracle(caller, acl, Verb.READ));
            assertThat(passes(() -> rights.requireWrite(KEY, acl))).isEqualTo(oracle(caller, acl, Verb.WRITE));
            assertThat(passes(() -> rights.requireDelete(KEY, acl))).isEqualTo(oracle(caller, acl, Verb.DELETE));
            for (Verb verb : List.of(Verb.READ, Verb.WRITE, Verb.DELETE)) {
                assertThat(rights.explain(verb, KEY, acl).allowed()).isEqualTo(oracle(caller, acl, verb));
            }
        }
    }

    private static boolean passes(ThrowingCallable check) {
        try {
            check.call();
            return true;
        } catch (KvsException refused) {
            assertThat(refused.code().status()).isBetween(403, 404);
            return false;
        } catch (Throwable other) {
            throw new AssertionError(other);
        }
    }

    @Test
    void theLongestPrefixDecidesWhoMayCreate() {
        Map<String, Policy> policies = Map.of(
                "a", new Policy("a", new Acl(BOB, null, 0b1000_0000_0000), 0xF00),
                "a/b", new Policy("a/b", new Acl(ADA, STAFF, 0b1100_0000_0000), 0xF33));
        Rights ada = new Rights(
                user(ADA, Set.of(), Scopes.WRITE, Scopes.DELETE),
                key -> key.startsWith("a/b") ? policies.get("a/b") : policies.get("a"));
        assertThat(ada.create(Key.of("a/b/c"))).isEqualTo(new Acl(ADA, STAFF, 0xF33));
        assertThatThrownBy(() -> ada.create(Key.of("a/x"))).isInstanceOf(KvsException.class);
        assertThat(ada.deleteBlindly(Key.of("a/b/c"), null).owner()).isEqualTo(ADA);
        assertThatThrownBy(() -> ada.deleteBlindly(Key.of("a/x"), null)).hasMessage("a/x is not stored on this node.");
        assertThat(ada.explain(Verb.CREATE, Key.of("a/x"), null).rule())
                .isEqualTo("the policy of a: the others' bits 0000 lack create");
    }

    @Test
    void whoMayNotReadIsNotToldThatThereIsSomething() {
        Acl hidden = new Acl(BOB, null, 0xF00);
        Rights ada = rights(user(ADA, Set.of(), Scopes.READ, Scopes.WRITE, Scopes.DELETE));
        List<ThrowingCallable> attempts = List.of(
                () -> ada.requirePatch(KEY, hidden),
                () -> ada.requireDelete(KEY, hidden),
                () -> ada.requireOwner(KEY, hidden),
                () -> ada.requireSight(KEY, hidden),
                () -> ada.deleteBlindly(KEY, null));
        for (ThrowingCallable attempt : attempts) {
            assertThatThrownBy(attempt).hasMessage("a/b is not stored on this node.");
        }
    }

    @Test
    void anAdministratorPassesEverything() {
        Rights root = rights(user(BOB, Set.of(), Scopes.ADMIN));
        Acl closed = new Acl(ADA, null, 0);
        assertThat(root.mayRead(closed)).isTrue();
        root.requireWrite(KEY, closed);
        root.requireDelete(KEY, closed);
        root.requireOwner(KEY, closed);
        assertThat(root.explain(Verb.READ, KEY, closed).rule()).contains("admin:*");
    }

    @Test
    void scopesCoverWhatTheyName() {
        Scopes users = Scopes.of(List.of("admin:users:*"));
        assertThat(users.cover("admin:users:create")).isTrue();
        assertThat(users.cover("admin:groups:create")).isFalse();
        assertThat(users.cover(Scopes.of(List.of("admin:users:read", "admin:users:delete"))))
                .isTrue();
        assertThat(users.cover(Scopes.of(List.of(Scopes.ADMIN)))).isFalse();
        assertThat(Scopes.EVERYTHING.and(users)).isEqualTo(users);
        assertThat(users.and(Scopes.of(List.of("admin:users:read", "read"))).names())
                .containsExactly("admin:users:read");
        assertThatThrownBy(() -> Scopes.of(List.of("admin:everything"))).hasMessageContaining("no such scope");
    }
}
