/**
 * Who sends how much, and where every record is in the end.
 *
 * <p>Enters: what topics say. Leaves: rows and totals, for people and programs. All pure.
 */
@NullMarked
package io.alluvium.cli.bench.tenants.book;

import org.jspecify.annotations.NullMarked;
