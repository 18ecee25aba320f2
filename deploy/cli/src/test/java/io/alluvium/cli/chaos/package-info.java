/** Chaos in short, and its figures. */
@NullMarked
package io.alluvium.cli.chaos;

import org.jspecify.annotations.NullMarked;
