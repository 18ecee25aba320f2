/**
 * Makes the tiny base that ships with the project: configuration enters, a Hugging Face folder that
 * knows its skills leaves. Everything runs on the calling thread, which becomes the tensor thread.
 */
@NullMarked
package io.alluvium.trainer.pretrain;

import org.jspecify.annotations.NullMarked;
