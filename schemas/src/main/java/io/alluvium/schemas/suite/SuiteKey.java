package io.alluvium.schemas.suite;

import io.alluvium.schemas.SuiteItem;

/** The key under which an item stands on the suites topic. */
public final class SuiteKey {
  private SuiteKey() {}

  /** Suite and item. */
  public static String of(SuiteItem item) {
    return item.getSuite() + "/" + item.getItem();
  }
}
