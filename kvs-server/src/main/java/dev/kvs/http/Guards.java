package dev.kvs.http;

import dev.kvs.security.AccessControl;
import dev.kvs.security.Caller;
import dev.kvs.security.LoginBrake;
import dev.kvs.security.PageTokens;
import dev.kvs.security.RateLimits;
import dev.kvs.wire.ClusterBootstrap;
import dev.kvs.wire.ErrorCode;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What keeps the door. Without access control everybody may do everything, and the routes about users do not exist.
 *
 * @param access who may do what
 * @param limits how often
 * @param pages seals places in listings that the caller may not know of
 * @param refusals told of everything that was refused for want of a right
 * @param tokenFile where root's token is; told to callers on this machine alone, who need the file's owner to read it
 * @param bootstrap what a new node needs to join, told to an administrator
 */
public record Guards(
        Optional<AccessControl> access,
        Optional<Limits> limits,
        PageTokens pages,
        Refusals refusals,
        Optional<TokenFile> tokenFile,
        Function<Caller, ClusterBootstrap> bootstrap) {
    /**
     * How often one may ask.
     *
     * @param strangers by address: callers without a token, failed ones, and logins
     * @param users by user
     * @param logins slows whoever guesses passwords
     */
    public record Limits(RateLimits strangers, RateLimits users, LoginBrake logins) {}

    /**
     * A file with root's token.
     *
     * @param path where it is
     * @param token what is in it now, empty when it is gone
     */
    public record TokenFile(String path, Supplier<Optional<String>> token) {}

    /** Told of refusals, for the audit log. Comes back at once. */
    @FunctionalInterface
    public interface Refusals {
        /**
         * A request was refused.
         *
         * @param actor the caller's name
         * @param address where he called from
         * @param what the method and the route, for example {@code GET /kv/{key}}
         * @param why the reason: {@code unauthorized}, {@code forbidden} or {@code rate_limited}
         */
        void refused(String actor, String address, String what, ErrorCode why);
    }
}
