/**
 * What is known of adapters: their versions, the current one, where a version's folder lies.
 *
 * <p>Enters: the topics {@code adapter.versions} and {@code adapters}, read whole. Leaves: tables,
 * JSON, and folders for other rooms. Runs on the calling thread.
 */
@NullMarked
package io.alluvium.cli.adapters;

import org.jspecify.annotations.NullMarked;
