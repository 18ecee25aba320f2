/**
 * What one run of a template keeps: scopes, loops, how a block ended, and how much it has done. One
 * thread.
 */
@NullMarked
package io.alluvium.trainer.model.chat.jinja.render.run;

import org.jspecify.annotations.NullMarked;
