/**
 * What secrets and personal data are made of: kinds of characters, groups of digits, lines that
 * hold a command.
 *
 * <p>Enters: a text and a place in it. Leaves: where what begins there ends, or -1. Pure; any
 * thread. No regular expressions; time grows with the length of a text and no faster.
 */
@NullMarked
package io.alluvium.streams.admit.secret.character;

import org.jspecify.annotations.NullMarked;
