package io.alluvium.streams.replay;

/** The two things that are kept of an adapter. */
enum Pool {
  /** Its own past. */
  REPLAYS,
  /** General examples. */
  ANCHORS
}
