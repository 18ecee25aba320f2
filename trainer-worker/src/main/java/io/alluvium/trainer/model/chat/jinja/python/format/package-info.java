/** Format strings of both kinds, and JSON, as Python writes them. Pure; any thread. */
@NullMarked
package io.alluvium.trainer.model.chat.jinja.python.format;

import org.jspecify.annotations.NullMarked;
