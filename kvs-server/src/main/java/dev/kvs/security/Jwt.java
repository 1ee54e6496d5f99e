package dev.kvs.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tokens as JSON Web Tokens (RFC 7519) with one algorithm, HMAC-SHA-256, whatever a token's header would like. Knows
 * signatures and claims, and nothing about users. Safe for concurrent use.
 */
final class Jwt {
    /** Longest token in characters. One of ours with every scope has about 700. */
    static final int LENGTH_MAX = 4096;

    private static final String ISSUER = "kvs";
    private static final String SCOPES = "scopes";

    private final TokenKey signing;
    private final Map<String, TokenKey> known;

    /**
     * @param signing signs new tokens
     * @param previous the keys of former secrets, whose tokens are still good; as a cluster's id derives from its secret, they
     *     are for the id of then
     */
    Jwt(TokenKey signing, List<TokenKey> previous) {
        this.signing = signing;
        this.known = Stream.concat(Stream.of(signing), previous.stream())
                .collect(Collectors.toMap(TokenKey::id, Function.identity(), (newer, _) -> newer));
    }

    /** Signs. */
    String sign(Claims claims) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .keyID(signing.id())
                .build();
        JWTClaimsSet body = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(signing.audience())
                .subject(claims.user().toString())
                .jwtID(claims.id().toString())
                .issueTime(Date.from(Instant.ofEpochMilli(claims.issuedAt())))
                .expirationTime(Date.from(Instant.ofEpochMilli(claims.expiresAt())))
                .claim(SCOPES, claims.scopes().names())
                .build();
        try {
            SignedJWT token = new SignedJWT(header, body);
            token.sign(new MACSigner(signing.key()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("an HMAC can always be computed", e);
        }
    }

    /** Reads a token whose signature, issuer and audience are ours; {@code unauthorized} otherwise. Looks at no clock. */
    Claims verify(String token) {
        if (token.length() > LENGTH_MAX) {
            throw refused("is longer than " + LENGTH_MAX + " characters");
        }
        try {
            SignedJWT parsed = SignedJWT.parse(token);
            checkHeader(parsed.getHeader());
            TokenKey key = known.get(String.valueOf(parsed.getHeader().getKeyID()));
            if (key == null) {
                throw refused("was signed with a key that this cluster does not have");
            }
            if (!parsed.verify(new MACVerifier(key.key()))) {
                throw refused("has a bad signature");
            }
            return claims(key.audience(), parsed.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            throw refused("is not a JSON Web Token of this cluster");
        }
    }

    private static void checkHeader(JWSHeader header) {
        if (!JWSAlgorithm.HS256.equals(header.getAlgorithm())) {
            throw refused("does not use the algorithm HS256");
        }
        if (header.getCriticalParams() != null) {
            throw refused("has extensions that are not known here");
        }
    }

    private static Claims claims(String audience, JWTClaimsSet body) throws ParseException {
        if (!ISSUER.equals(body.getIssuer()) || !List.of(audience).equals(body.getAudience())) {
            throw refused("is for another cluster");
        }
        List<String> scopes = body.getStringListClaim(SCOPES);
        Date issued = body.getIssueTime();
        Date expires = body.getExpirationTime();
        String user = body.getSubject();
        String id = body.getJWTID();
        if (scopes == null || issued == null || expires == null || user == null || id == null) {
            throw refused("lacks a claim");
        }
        return new Claims(
                UUID.fromString(id),
                UUID.fromString(user),
                Scopes.known(scopes),
                issued.toInstant().toEpochMilli(),
                expires.toInstant().toEpochMilli());
    }

    static KvsException refused(String why) {
        return new KvsException(ErrorCode.UNAUTHORIZED, "The token " + why + ". 'kvsctl login' gets another one.");
    }
}
