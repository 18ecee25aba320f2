package io.alluvium.trainer.pretrain.skill;

/** Decides, from the item alone, which items are reserved for measuring. */
public final class HeldOut {
  /** One item in this many is held out. */
  private static final int ONE_IN = 12;

  private HeldOut() {}

  /** FNV-1a over the characters, mixed so that neighbours fall apart, then one in twelve. */
  public static boolean byHash(String item) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < item.length(); i++) {
      hash = (hash ^ item.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    return Long.remainderUnsigned(hash ^ (hash >>> 33), ONE_IN) == 0;
  }
}
