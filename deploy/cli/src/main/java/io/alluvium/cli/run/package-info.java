/**
 * One of the programs in the foreground, with the class path and the JVM that it was built for.
 *
 * <p>Enters: a role and its configuration file. Leaves: what the launcher {@code deploy/alluvium}
 * is to become. Runs on the calling thread and starts nothing itself.
 */
@NullMarked
package io.alluvium.cli.run;

import org.jspecify.annotations.NullMarked;
