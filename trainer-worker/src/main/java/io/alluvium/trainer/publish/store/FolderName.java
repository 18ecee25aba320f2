package io.alluvium.trainer.publish.store;

import java.nio.charset.StandardCharsets;

/** A folder name for any adapter id: readable where the id is, never another folder's. */
final class FolderName {
  private static final int LONGEST = 180;

  private FolderName() {}

  /**
   * Letters, digits, '-' and '_' stand for themselves, every other byte as %XX; long ids end in
   * their hash.
   */
  static String of(String adapter) {
    StringBuilder name = new StringBuilder();
    for (byte octet : adapter.getBytes(StandardCharsets.UTF_8)) {
      name.append(plain(octet) ? Character.toString(octet) : String.format("%%%02X", octet));
    }
    return name.length() <= LONGEST
        ? name.toString()
        : name.substring(0, LONGEST - 66)
            + "%-"
            + FolderContent.sha256(adapter.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean plain(byte octet) {
    return octet == '-'
        || octet == '_'
        || (octet >= '0' && octet <= '9')
        || (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z');
  }
}
