/**
 * The worker: two programs in one. Role score measures accepted examples, role train turns windows
 * of weighted examples into adapter versions.
 *
 * <p>Enters: a configuration file and the topics. Leaves: scored examples, version events with
 * their artifacts, refused records, metrics. Two threads each: the polling thread owns consumer and
 * producer, the tensor thread owns the model; they exchange plain Java values.
 */
@NullMarked
package io.alluvium.trainer;

import org.jspecify.annotations.NullMarked;
