/**
 * Which form the state of an application has: of each store a number, what it depends on, and since
 * when this build can read it.
 *
 * <p>Enters: what stands in the application's topic of layouts, and what this build writes. Leaves:
 * the same topic brought up to date, or a refusal before anything is processed. Runs on the
 * caller's thread.
 */
@NullMarked
package io.alluvium.streams.store.layout;

import org.jspecify.annotations.NullMarked;
