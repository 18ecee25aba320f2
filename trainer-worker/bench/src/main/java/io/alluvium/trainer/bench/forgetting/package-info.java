/**
 * What an adapter keeps of one domain while it learns the next ones: the instrument by which
 * methods against forgetting are judged.
 *
 * <p>Enters: one order as JSON: a base, domains as files of lines, an arm, a seed. Leaves: one
 * result as JSON, the losses and exact matches on every domain after each of them, and on the
 * base's old skills. Rounds are those of production, without broker. A process of its own, one
 * thread.
 */
@NullMarked
package io.alluvium.trainer.bench.forgetting;

import org.jspecify.annotations.NullMarked;
