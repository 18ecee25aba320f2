/**
 * Orders made into events. Enters: an order, what the log says of its adapter, the store. Leaves:
 * what going back to a version means, or why it cannot be done; the event, the state and the order
 * to streams-app that one transaction carries. Looking is the tensor thread's, writing is pure.
 */
@NullMarked
package io.alluvium.trainer.round.order;

import org.jspecify.annotations.NullMarked;
