/**
 * Values as bytes in Confluent's wire format. Enters: a user's registry settings, unchanged.
 * Leaves: Confluent's serializers, and why bytes are none of ours. Any thread.
 */
@NullMarked
package io.alluvium.schemas.registry;

import org.jspecify.annotations.NullMarked;
