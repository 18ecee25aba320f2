/** What is to go wrong. */
@NullMarked
package io.alluvium.cli.chaos.plan;

import org.jspecify.annotations.NullMarked;
