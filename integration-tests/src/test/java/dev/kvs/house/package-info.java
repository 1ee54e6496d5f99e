/**
 * The house rules as tests. A rule is a function from sources or classes to breaches, so that each can be shown a
 * planted violation: a rule that cannot fail is a defect. {@link dev.kvs.house.HouseRulesTest} holds the project to
 * them, {@link dev.kvs.house.PlantedViolationsTest} holds the rules to their word. The planted classes live in
 * {@code planted}, whose packages repeat the rooms of the house.
 */
@NullMarked
package dev.kvs.house;

import org.jspecify.annotations.NullMarked;
