/**
 * What was found, held against what was planted. Enters: the outcome of each record. Leaves:
 * figures. Pure.
 */
@NullMarked
package io.alluvium.streams.bench.planted.measure;

import org.jspecify.annotations.NullMarked;
