/**
 * A window's records divided: trained, held out, refused. Enters: records. Leaves: three parts that
 * make the whole. Pure; any thread.
 */
@NullMarked
package io.alluvium.trainer.round.division;

import org.jspecify.annotations.NullMarked;
