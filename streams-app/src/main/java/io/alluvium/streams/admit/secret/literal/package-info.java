/**
 * Names of secrets, and whether what could be a value is one.
 *
 * <p>Enters: a text and a place in it. Leaves: where what begins there ends, or -1. Pure; any
 * thread. No regular expressions; time grows with the length of a text and no faster.
 */
@NullMarked
package io.alluvium.streams.admit.secret.literal;

import org.jspecify.annotations.NullMarked;
