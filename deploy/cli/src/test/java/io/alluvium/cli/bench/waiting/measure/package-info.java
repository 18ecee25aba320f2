/** Tests of metrics' text and of the report, pure. */
@NullMarked
package io.alluvium.cli.bench.waiting.measure;

import org.jspecify.annotations.NullMarked;
