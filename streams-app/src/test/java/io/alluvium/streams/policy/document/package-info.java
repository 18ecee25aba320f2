/** Tests of policy documents, pure. */
@NullMarked
package io.alluvium.streams.policy.document;

import org.jspecify.annotations.NullMarked;
