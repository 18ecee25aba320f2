/**
 * A scored example on its way to a weight, and how new it is.
 *
 * <p>Enters: what the scorer said. Leaves: the value that the rooms from here on hand to each
 * other. Pure.
 *
 * <p><b>Anchors are examples with the label {@code alluvium.anchor}</b>, which this application
 * sets on what comes in by the topic {@code anchors}; so the scorer needs to know nothing of them.
 * They are admitted like others, not de-duplicated, never go into training by themselves, and weigh
 * their importance.
 */
@NullMarked
package io.alluvium.streams.novelty.candidate;

import org.jspecify.annotations.NullMarked;
