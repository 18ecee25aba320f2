/**
 * What each scope of a template knows, decided before it runs, as Jinja2 decides it. Enters: a
 * tree. Leaves: symbols, or the name of a filter or test that does not exist. Pure; any thread.
 */
@NullMarked
package io.alluvium.trainer.model.chat.jinja.scope;

import org.jspecify.annotations.NullMarked;
