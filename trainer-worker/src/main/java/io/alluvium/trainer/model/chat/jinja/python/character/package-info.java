/**
 * Characters and numbers as Python writes and counts them, within limits of length. Pure; any
 * thread.
 */
@NullMarked
package io.alluvium.trainer.model.chat.jinja.python.character;

import org.jspecify.annotations.NullMarked;
