/** Tests of the policy commands. */
@NullMarked
package io.alluvium.cli.policy;

import org.jspecify.annotations.NullMarked;
