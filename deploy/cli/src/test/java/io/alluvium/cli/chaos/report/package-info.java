/** What chaos left. */
@NullMarked
package io.alluvium.cli.chaos.report;

import org.jspecify.annotations.NullMarked;
