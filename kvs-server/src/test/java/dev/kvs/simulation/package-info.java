/**
 * Whole nodes in one process on a simulated clock, network and disk, from one seed. The same seed gives the same run, event for
 * event. {@code integration-tests/simulate} runs as many seeds as one likes.
 */
package dev.kvs.simulation;
