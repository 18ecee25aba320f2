/**
 * Domains as tokens, and what is measured of an adapter on all of them and on what the base could
 * do before. One thread.
 */
@NullMarked
package io.alluvium.trainer.bench.forgetting.measure;

import org.jspecify.annotations.NullMarked;
