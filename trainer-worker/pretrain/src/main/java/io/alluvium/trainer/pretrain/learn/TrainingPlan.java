package io.alluvium.trainer.pretrain.learn;

/**
 * How long and how fast the tiny base learns.
 *
 * @param steps optimiser steps, at least 1
 * @param rows packed rows per step, at least 1
 * @param rowTokens positions per row, at least 96 so that the longest record fits
 * @param peakLearningRate highest learning rate, above 0
 * @param warmupSteps steps of linear rise, 0 or more
 * @param promptWeight loss weight of a prompt token beside 1 for an answer token, in [0, 1]
 * @param measureEvery steps between two checkpoints with their measurement, at least 1
 */
public record TrainingPlan(
    int steps,
    int rows,
    int rowTokens,
    double peakLearningRate,
    int warmupSteps,
    double promptWeight,
    int measureEvery) {
  private static final int LONGEST_RECORD = 96;
  private static final double FLOOR = 0.02;

  /** Checks each value against its range. */
  public TrainingPlan {
    require(steps >= 1, "steps", steps, "at least 1");
    require(rows >= 1, "rows", rows, "at least 1");
    require(rowTokens >= LONGEST_RECORD, "rowTokens", rowTokens, "at least " + LONGEST_RECORD);
    require(peakLearningRate > 0, "peakLearningRate", peakLearningRate, "above 0");
    require(warmupSteps >= 0, "warmupSteps", warmupSteps, "0 or more");
    require(promptWeight >= 0 && promptWeight <= 1, "promptWeight", promptWeight, "in [0, 1]");
    require(measureEvery >= 1, "measureEvery", measureEvery, "at least 1");
  }

  /** The plan of the shipped base, with another number of steps. */
  public static TrainingPlan ofSteps(int steps) {
    return new TrainingPlan(steps, 28, 96, 3e-3, 100, 0.1, 500);
  }

  /** Learning rate of a step counted from 0: linear rise, then a cosine down to 2 % of the peak. */
  public double learningRate(int step) {
    if (step < warmupSteps) {
      return peakLearningRate * (step + 1) / warmupSteps;
    }
    double done = (step - warmupSteps) / (double) Math.max(1, steps - warmupSteps);
    return peakLearningRate * (FLOOR + (1 - FLOOR) * 0.5 * (1 + Math.cos(Math.PI * done)));
  }

  private static void require(boolean holds, String key, Number value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("pretrain: " + key + " is " + value + ", must be " + rule);
    }
  }
}
