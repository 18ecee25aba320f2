/**
 * Reading and writing safetensors files.
 *
 * <p>Enters: a path. Leaves: a validated header with absolute byte ranges, values as fp32 arrays,
 * or a written file. Own code because DJL's reader aborts on bf16 and stops at 2 GiB. Any thread.
 */
@NullMarked
package io.alluvium.trainer.model.safetensors;

import org.jspecify.annotations.NullMarked;
