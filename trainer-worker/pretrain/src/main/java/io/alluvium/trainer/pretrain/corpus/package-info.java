/**
 * The mixture of all skills: an endless stream of training records without held-out items leaves,
 * and the held-out suites. Pure; one thread per source of randomness.
 */
@NullMarked
package io.alluvium.trainer.pretrain.corpus;

import org.jspecify.annotations.NullMarked;
