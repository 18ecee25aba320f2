/**
 * Which form the state of an application has: of each store a number, what it depends on, and since
 * when this build can read it.
 *
 * <p>Enters: what stands in the application's topic of layouts, and what this build writes. Leaves:
 * the same topic brought up to date, or a refusal before anything is processed. Runs on the
 * caller's thread.
 *
 * <p><b>Layouts.</b> Each store has a layout: a number, the first number that this build still
 * reads, and what it was made with that must not change (a journal's steps to a snapshot, a
 * signature's places). They stand in the compacted topic {@code
 * PREFIXalluvium-streams-layouts-changelog} and are held against this build's before anything is
 * done to the application's topics: state of a newer or foreign build ends the start with exit code
 * 2 and the remedy, and nothing is changed at the broker. Without that topic the state, if any, is
 * of the first layouts, which this build reads. The topic is named like a changelog so that {@code
 * kafka-streams-application-reset} removes it with them. Changelogs of the first layouts lie frozen
 * beside the tests of their rooms; restored from them the topology decides what the build that
 * wrote them decided, record for record ({@code FrozenStateTopologyTest}); put into a broker's
 * topics, with records in flight, they are taken over once and left as they were ({@code
 * LayoutIT}). Stop all instances before starting a build with newer layouts: instances that run do
 * not look again.
 */
@NullMarked
package io.alluvium.streams.store.layout;

import org.jspecify.annotations.NullMarked;
