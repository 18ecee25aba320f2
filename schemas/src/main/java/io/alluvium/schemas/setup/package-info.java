/**
 * Topics and subjects that exist and are as they should be. Enters: a broker, a registry. Leaves:
 * what is missing created, what drifted mended or named in one line. Any thread.
 */
@NullMarked
package io.alluvium.schemas.setup;

import org.jspecify.annotations.NullMarked;
