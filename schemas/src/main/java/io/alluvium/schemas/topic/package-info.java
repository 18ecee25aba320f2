/**
 * Every topic: its name, value type, partitions, retention, and whose clock stamps it. Enters: a
 * prefix and a number of partitions. Leaves: values. Pure; any thread.
 */
@NullMarked
package io.alluvium.schemas.topic;

import org.jspecify.annotations.NullMarked;
