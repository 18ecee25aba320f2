package io.alluvium.streams.replay;

/** The two things that are kept of an adapter. */
enum Pool {
  /** Its own past. */
  REPLAYS((byte) 0),
  /** General examples. */
  ANCHORS((byte) 1);

  private final byte code;

  Pool(byte code) {
    this.code = code;
  }

  /** As stores hold it; never changed. */
  byte code() {
    return code;
  }

  static Pool of(byte code) {
    return code == REPLAYS.code ? REPLAYS : ANCHORS;
  }
}
