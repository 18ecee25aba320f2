/**
 * Keys and tokens by their form alone, and what is published in the same forms.
 *
 * <p>Enters: a text and a place in it. Leaves: where what begins there ends, or -1. Pure; any
 * thread. No regular expressions; time grows with the length of a text and no faster.
 */
@NullMarked
package io.alluvium.streams.admit.secret.key;

import org.jspecify.annotations.NullMarked;
