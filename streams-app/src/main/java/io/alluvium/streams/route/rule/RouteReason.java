package io.alluvium.streams.route.rule;

import io.alluvium.streams.stage.verdict.Reason;

/** Why a candidate does not go into training. */
public enum RouteReason implements Reason {
  /** The adapter's budget. */
  OVER_BUDGET("The adapter has had as many examples as route.budgets grants it in this time."),
  /** The source's budget. */
  OVER_SOURCE_BUDGET("The example's source has had its budget of this time."),
  /** The class's budget. */
  OVER_CLASS_BUDGET("The example's class of novelty has had its budget of this time."),
  /** Others were better. */
  NOT_SELECTED(
      "The trainer is behind, and others of the same window had larger keys under route.selection."),
  /** Too many wait. */
  REVIEW_FULL("As many outliers as route.reviewExamples wait for an answer already."),
  /** Nobody answered. */
  REVIEW_EXPIRED("Nobody answered within route.reviewAge."),
  /** A person said no. */
  DROPPED("An operator dropped it from review.");

  private final String meaning;

  RouteReason(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
