/** How a decoder is opened and asked. Values only. */
@NullMarked
package io.alluvium.trainer.decoder.options;

import org.jspecify.annotations.NullMarked;
