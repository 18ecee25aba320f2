/**
 * What the programs of a local stack are told: their configuration files and how they are started.
 *
 * <p>Enters: addresses, ports, folders, further settings. Leaves: YAML files under {@code
 * DATA/config} and the programs to start. Runs on the calling thread.
 */
@NullMarked
package io.alluvium.cli.local.plan;

import org.jspecify.annotations.NullMarked;
