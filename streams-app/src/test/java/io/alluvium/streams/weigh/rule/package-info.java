/** Tests of temperature and guard, pure. */
@NullMarked
package io.alluvium.streams.weigh.rule;

import org.jspecify.annotations.NullMarked;
