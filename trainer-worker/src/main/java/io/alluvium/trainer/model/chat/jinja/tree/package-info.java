/** A template as a tree: expressions, statements, what is assigned to. Values only. */
@NullMarked
package io.alluvium.trainer.model.chat.jinja.tree;

import org.jspecify.annotations.NullMarked;
