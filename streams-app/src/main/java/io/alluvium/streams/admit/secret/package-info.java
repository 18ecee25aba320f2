/**
 * Secrets and personal data in texts: keys, credentials, card and account numbers, addresses.
 *
 * <p>Enters: a text. Leaves: where what was found, or the text with masks in its place. Pure; any
 * thread. One pass without regular expressions. What begins where, the rooms below say, in this
 * order: characters, keys, literals, what is named a secret, personal data, telephones.
 */
@NullMarked
package io.alluvium.streams.admit.secret;

import org.jspecify.annotations.NullMarked;
