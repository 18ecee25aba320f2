/**
 * Fields of a JSON object by the kind of value that they must have.
 *
 * <p>Enters: JSON. Leaves: values, or what is wrong in words. Pure.
 */
@NullMarked
package io.alluvium.cli.produce.field;

import org.jspecify.annotations.NullMarked;
