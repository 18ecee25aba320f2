/**
 * The whole configuration: read over the defaults, checked, and then a value.
 *
 * <p>Enters: a YAML file. Leaves: a record that cannot be wrong, or one line that names key, value
 * and rule. The main thread.
 */
@NullMarked
package io.alluvium.streams.config;

import org.jspecify.annotations.NullMarked;
