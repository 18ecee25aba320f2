/**
 * What goes into the stack of a demo and what comes out of it.
 *
 * <p>Enters: deposits in order. Leaves: acknowledgements, and the ledger of what the topics say.
 * One thread sends, the calling thread looks.
 */
@NullMarked
package io.alluvium.cli.demo.flow;

import org.jspecify.annotations.NullMarked;
