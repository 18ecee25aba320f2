/**
 * Topics read as they are now, and records to be written.
 *
 * <p>Enters: a consumer without a group. Leaves: what was committed, in the order of each
 * partition. One thread for each reader.
 */
@NullMarked
package io.alluvium.cli.connect.topic;

import org.jspecify.annotations.NullMarked;
