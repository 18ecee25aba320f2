/**
 * The base and its adapters for benches of other parts: scored and trained on request. Enters:
 * lines of JSON on standard input. Leaves: a line for each. A process of its own; no broker, no
 * gate, no store.
 */
@NullMarked
package io.alluvium.trainer.bench.tutor;

import org.jspecify.annotations.NullMarked;
