package io.alluvium.streams.admit.secret.phone;

import io.alluvium.streams.admit.secret.character.DigitGroups;

/**
 * Forms that only telephone numbers are written in, without a word that announces them: what other
 * numbers share them is left to {@link PhoneWords}. Pure.
 */
final class NationalForms {
  private static final int FEWEST_SUBSCRIBER = 5;

  private NationalForms() {}

  /** Whether the groups have one of the forms. */
  static boolean isOne(DigitGroups groups) {
    return groups.digit(0, 0) == '0'
        ? isTrunk(groups)
        : isNorthAmerican(groups) || isMobile(groups);
  }

  /** 555-123-4567, 555.123.4567, (555) 123-4567, 1-800-555-1234, 1 (800) 555-1234. */
  private static boolean isNorthAmerican(DigitGroups groups) {
    int area = groups.haveLengths(1, 3, 3, 4) && groups.digit(0, 0) == '1' ? 1 : 0;
    boolean fits = area == 1 || (groups.haveLengths(3, 3, 4) && !groups.isSeparatedBy('/'));
    return fits
        && groups.digit(area, 0) >= '2'
        && (groups.hasParentheses() || groups.isSeparatedBy('-') || groups.isSeparatedBy('.'));
  }

  /**
   * Brazil's (11) 91234-5678, Russia's 8 (495) 123-45-67 and 8-800-555-35-35, China's 138 1234
   * 5678.
   */
  private static boolean isMobile(DigitGroups groups) {
    boolean isBrazilian =
        groups.hasParentheses() && (groups.haveLengths(2, 5, 4) || groups.haveLengths(2, 4, 4));
    boolean isRussian = groups.haveLengths(1, 3, 3, 2, 2) && groups.digit(0, 0) == '8';
    boolean isChinese =
        groups.haveLengths(3, 4, 4) && groups.digit(0, 0) == '1' && groups.digit(0, 1) >= '3';
    return isBrazilian || isRussian || isChinese;
  }

  /** With the 0 that stands before an area at home. */
  private static boolean isTrunk(DigitGroups groups) {
    int digits = groups.digits();
    if (groups.digit(0, 1) == '0' || groups.length(0) < 2 || digits < 9 || digits > 13) {
      return false;
    }
    return groups.hasParentheses()
        || isFrench(groups)
        || isAreaAndSubscriber(groups)
        || isEastAsian(groups)
        || isBritish(groups);
  }

  /** 06 12 34 56 78; numbers that rise are an enumeration or a draw. */
  private static boolean isFrench(DigitGroups groups) {
    if (!groups.haveLengths(2, 2, 2, 2, 2)) {
      return false;
    }
    for (int i = 1; i < groups.count(); i++) {
      if (two(groups, i) <= two(groups, i - 1)) {
        return true;
      }
    }
    return false;
  }

  private static int two(DigitGroups groups, int group) {
    return groups.digit(group, 0) * 10 + groups.digit(group, 1);
  }

  /** 030/1234567, 0171 2345678, 07700 900123; not the postal code 02134-1234. */
  private static boolean isAreaAndSubscriber(DigitGroups groups) {
    return groups.count() == 2
        && !groups.isSeparatedBy('.')
        && groups.length(0) >= 3
        && groups.length(0) <= 5
        && groups.length(1) >= FEWEST_SUBSCRIBER;
  }

  /**
   * 03-1234-5678, 090-1234-5678, 010-1234-5678, 02-123-4567; not the serial number 03-2026-0001.
   */
  private static boolean isEastAsian(DigitGroups groups) {
    return groups.isSeparatedBy('-')
        && groups.count() == 3
        && groups.length(0) <= 4
        && groups.length(1) >= 2
        && !groups.isRecentYear(1)
        && groups.length(2) == 4;
  }

  /** 020 7946 0958, 0412 345 678, 0532 123 45 67, 089 123 456 78: blanks, three groups and more. */
  private static boolean isBritish(DigitGroups groups) {
    return groups.count() >= 3
        && groups.count() <= 5
        && !groups.isSeparatedBy('.')
        && !(groups.isSeparatedBy('-') && groups.isRecentYear(1))
        && groups.length(0) <= 5
        && groups.length(1) <= 4
        && groups.length(1) >= 3
        && groups.digits() <= 11;
  }
}
