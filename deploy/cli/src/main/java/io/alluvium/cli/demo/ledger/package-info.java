/**
 * Where every record of a demo is: sent, refused, waiting, trained on.
 *
 * <p>Enters: what was read from the topics. Leaves: sums, and whether all is accounted for. Pure;
 * one thread at a time.
 */
@NullMarked
package io.alluvium.cli.demo.ledger;

import org.jspecify.annotations.NullMarked;
