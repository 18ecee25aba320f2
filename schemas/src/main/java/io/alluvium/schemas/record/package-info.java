/**
 * What a record may carry: how large it is, what a rejection keeps of it, how far a reader came.
 * Enters: bytes, settings. Leaves: values. Pure; any thread.
 */
@NullMarked
package io.alluvium.schemas.record;

import org.jspecify.annotations.NullMarked;
