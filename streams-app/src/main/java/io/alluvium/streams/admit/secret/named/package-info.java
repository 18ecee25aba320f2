/**
 * Values that stand where a secret is named: in configuration, code, markup, sentences and
 * commands.
 *
 * <p>Enters: a text and a place in it. Leaves: where what begins there ends, or -1. Pure; any
 * thread. No regular expressions; time grows with the length of a text and no faster.
 */
@NullMarked
package io.alluvium.streams.admit.secret.named;

import org.jspecify.annotations.NullMarked;
