package dev.kvs.http;

import javax.net.ssl.SSLContext;

/**
 * With what the door speaks TLS.
 *
 * @param context the node's certificate and key, and whose certificates are believed
 * @param nodesShowCertificates whether callers are asked for a certificate, which clients may do without and nodes may not
 */
public record DoorTls(SSLContext context, boolean nodesShowCertificates) {}
