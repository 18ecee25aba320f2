/**
 * What is asked of one process of the bench, and what it answers: arms by their names, domains as
 * files, figures. Values only; any thread.
 */
@NullMarked
package io.alluvium.trainer.bench.forgetting.order;

import org.jspecify.annotations.NullMarked;
