package io.alluvium.streams.replay;

/** The two things that are kept of an adapter. */
enum Pool {
  /** Its own past. */
  REPLAYS(0),
  /** General examples. */
  ANCHORS(1);

  private final byte code;

  Pool(int code) {
    this.code = (byte) code;
  }

  /** What stands for it in stores and changelogs; never changes. */
  byte code() {
    return code;
  }

  /** The one that a code stands for. */
  static Pool of(byte code) {
    return code == REPLAYS.code ? REPLAYS : ANCHORS;
  }
}
