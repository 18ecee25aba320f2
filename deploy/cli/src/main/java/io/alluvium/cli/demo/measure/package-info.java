/**
 * What a version knows: exact match on the new domain and on each old skill of the base.
 *
 * <p>Enters: the base folder with its suites, the held-out questions, adapter folders. Leaves:
 * shares from 0 to 1. Tensor work on the calling thread, one thread at a time.
 */
@NullMarked
package io.alluvium.cli.demo.measure;

import org.jspecify.annotations.NullMarked;
