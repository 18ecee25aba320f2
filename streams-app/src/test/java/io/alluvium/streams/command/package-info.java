/** Tests of orders and how far they are obeyed. */
@NullMarked
package io.alluvium.streams.command;

import org.jspecify.annotations.NullMarked;
