/**
 * The configuration file, its defaults and its digest. Enters: a file, settings on the command
 * line. Leaves: a validated configuration, or one line that names the key. Any thread.
 */
@NullMarked
package io.alluvium.trainer.worker.config;

import org.jspecify.annotations.NullMarked;
