/**
 * The files that say where texts begin and end, and how conversations are written. Enters: a
 * folder. Leaves: settings, the template's source. Reading only; any thread.
 */
@NullMarked
package io.alluvium.trainer.model.tokenizer;

import org.jspecify.annotations.NullMarked;
