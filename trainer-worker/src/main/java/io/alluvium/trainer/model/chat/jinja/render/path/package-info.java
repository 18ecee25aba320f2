/** Attributes and items of values, and the orders made of them. Pure; any thread. */
@NullMarked
package io.alluvium.trainer.model.chat.jinja.render.path;

import org.jspecify.annotations.NullMarked;
