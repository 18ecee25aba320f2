/**
 * What a rule says of a value: pass, pass masked, or refuse for a reason.
 *
 * <p>Enters and leaves: values. Reasons are enums of the rooms that refuse; their codes are never
 * renamed. Pure.
 */
@NullMarked
package io.alluvium.streams.stage.verdict;

import org.jspecify.annotations.NullMarked;
