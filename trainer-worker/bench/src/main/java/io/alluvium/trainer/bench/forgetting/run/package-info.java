/**
 * One adapter that learns domains in rounds of production, without a broker. Enters: domains as
 * tokens, an arm. Leaves: what was measured after each domain. One thread.
 */
@NullMarked
package io.alluvium.trainer.bench.forgetting.run;

import org.jspecify.annotations.NullMarked;
