/**
 * Handing the decoder to other programs. Enters: a folder's config.json. Leaves: a TorchScript
 * archive. Pure but for two files; the calling thread.
 */
@NullMarked
package io.alluvium.cli.program;

import org.jspecify.annotations.NullMarked;
