/**
 * How long a transaction may stay open, and how readers wait for one that hangs.
 *
 * <p>Enters: a user's client settings and what is waited for. Leaves: the producers' timeout, the
 * readers' patience, and whose transaction it was that outlasted it. Any thread.
 */
@NullMarked
package io.alluvium.trainer.publish.settle;

import org.jspecify.annotations.NullMarked;
