/** Tests of what the benches find. */
@NullMarked
package io.alluvium.streams.bench;

import org.jspecify.annotations.NullMarked;
