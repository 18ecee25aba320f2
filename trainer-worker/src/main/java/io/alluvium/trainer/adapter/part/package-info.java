/**
 * What kinds of adapters are made of: tensors per linear, and values drawn from a seed. Enters:
 * shapes, a seed. Leaves: values. Pure; any thread.
 */
@NullMarked
package io.alluvium.trainer.adapter.part;

import org.jspecify.annotations.NullMarked;
