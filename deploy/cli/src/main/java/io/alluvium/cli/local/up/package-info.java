/**
 * Up and down: all of the local stack from the command line.
 *
 * <p>Enters: options. Leaves: running processes, or none, and the ports that a later start takes
 * again. Runs on the calling thread.
 */
@NullMarked
package io.alluvium.cli.local.up;

import org.jspecify.annotations.NullMarked;
