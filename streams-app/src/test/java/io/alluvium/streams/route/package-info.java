/** Tests of lanes, budgets and selection, pure. */
@NullMarked
package io.alluvium.streams.route;

import org.jspecify.annotations.NullMarked;
