/**
 * What this machine has for a stack: memory, disk, scratch folders, the shipped base.
 *
 * <p>Enters: folders and what a base needs. Leaves: lines, warnings, refusals. Any thread.
 */
@NullMarked
package io.alluvium.cli.local.machine;

import org.jspecify.annotations.NullMarked;
