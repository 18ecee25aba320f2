/**
 * Where a command works: the data directory of the local stack, and the Kafka cluster and schema
 * registry that it or the user names.
 *
 * <p>Enters: options, a client.properties file. Leaves: open clients with the user's settings
 * passed through unchanged. A {@link io.alluvium.cli.connect.Cluster} may be used from any thread;
 * the clients it opens follow Kafka's rules.
 */
@NullMarked
package io.alluvium.cli.connect;

import org.jspecify.annotations.NullMarked;
