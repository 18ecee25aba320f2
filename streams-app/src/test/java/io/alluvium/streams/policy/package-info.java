@NullMarked
package io.alluvium.streams.policy;

import org.jspecify.annotations.NullMarked;
