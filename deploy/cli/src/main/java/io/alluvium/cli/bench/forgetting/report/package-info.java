/**
 * What arms came to, over seeds and orders: figures with their intervals, tables, charts. Pure; any
 * thread.
 */
@NullMarked
package io.alluvium.cli.bench.forgetting.report;

import org.jspecify.annotations.NullMarked;
