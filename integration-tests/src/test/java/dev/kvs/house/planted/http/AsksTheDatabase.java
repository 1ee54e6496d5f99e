package dev.kvs.house.planted.http;

import java.sql.Connection;

/** A door that goes past the storage. */
public record AsksTheDatabase(Connection connection) {}
