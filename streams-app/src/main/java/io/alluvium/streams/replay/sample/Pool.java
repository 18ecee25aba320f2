package io.alluvium.streams.replay.sample;

/** The two things that are kept of an adapter. */
public enum Pool {
  /** Its own past. */
  REPLAYS(0),
  /** General examples. */
  ANCHORS(1);

  private final byte code;

  Pool(int code) {
    this.code = (byte) code;
  }

  /** What stands for it in stores and changelogs; never changes. */
  public byte code() {
    return code;
  }

  /** The one that a code stands for. */
  public static Pool of(byte code) {
    return code == REPLAYS.code ? REPLAYS : ANCHORS;
  }
}
