/**
 * What a data directory remembers of its processes: {@code DATA/stack.json} and the lock beside it.
 *
 * <p>Enters: processes that were started, ports that were chosen. Leaves: the same to a later
 * program. The file is replaced as a whole and may be read at any time; it is changed only under
 * {@link io.alluvium.stack.state.DirectoryLock}.
 */
@NullMarked
package io.alluvium.stack.state;

import org.jspecify.annotations.NullMarked;
