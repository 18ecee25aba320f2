/** Records become packed rows of token ids. Pure; a packer belongs to one thread. */
@NullMarked
package io.alluvium.trainer.pretrain.batch;

import org.jspecify.annotations.NullMarked;
