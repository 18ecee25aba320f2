/** Tests of the configuration. */
@NullMarked
package io.alluvium.streams.config;

import org.jspecify.annotations.NullMarked;
