/**
 * Items of suites as hashes of their runs of words, the same for whoever writes them and whoever
 * looks for them. Enters: texts of items. Leaves: hashes, keys. Pure; any thread.
 */
@NullMarked
package io.alluvium.schemas.suite;

import org.jspecify.annotations.NullMarked;
