/**
 * Rotary positions: which dimensions turn, how fast, and how longer texts are reached (linear,
 * dynamic, YaRN, LongRoPE, Llama 3). Enters: what config.json says. Leaves: inverse frequencies and
 * a factor on attention. Pure; any thread.
 */
@NullMarked
package io.alluvium.trainer.model.rotary;

import org.jspecify.annotations.NullMarked;
