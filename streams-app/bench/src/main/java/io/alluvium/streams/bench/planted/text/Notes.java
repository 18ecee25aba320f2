package io.alluvium.streams.bench.planted.text;

import io.alluvium.streams.bench.planted.task.Task;
import io.alluvium.streams.bench.planted.task.Words;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Prose from a few templates: letters begin places to be filled, T a town, N a name, G goods, D a
 * day, Q a number. Two notes of one template share about half of their words.
 */
public final class Notes {
  private static final List<String> GOODS =
      List.of("lamp", "kettle", "carpet", "bicycle", "mirror", "ladder", "printer", "violin");
  private static final List<String> DAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

  private static final List<Task> TEMPLATES =
      List.of(
          new Task(
              "what happened to the {G} for {N}?",
              " the {G} left {T} on {D} but stopped at {T} for {Q} days, so {N} sent it on with a"
                  + " driver from {T} and it came on {D}."),
          new Task(
              "note for {N} in {T}:",
              " please call {N} before {D} because the {G} from {T} needs {Q} new parts, and tell"
                  + " {N} that {T} is closed until {D}."),
          new Task(
              "tell {N} about the {G}.",
              " {N} of {T} bought {Q} of them on {D} and paid {Q} coins, but one {G} was broken"
                  + " when {N} opened the box in {T}."),
          new Task(
              "report from {T}, {D}:",
              " {Q} boxes came in, {N} counted {Q} of each {G}, the rest waits at {T} where {N} and"
                  + " {N} will look at it after {D}."),
          new Task(
              "why is {N} late?",
              " the road from {T} to {T} was shut on {D}, {N} had to walk {Q} miles with the {G}"
                  + " and slept at the house of {N} in {T}."),
          new Task(
              "who takes the {G} to {T}?",
              " {N} takes it on {D} together with {Q} letters for {N}, and if the bridge at {T} is"
                  + " down then {N} goes round by {T}."));

  private static final List<String> EXAM =
      List.of(
          "which of the towns {T}, {T} and {T} lies on the river {N}, and how many days is it from"
              + " {T}? it is {T}, {Q} days away on foot.",
          "{N} has {Q} of each {G} and gives {Q} to {N} and {Q} to {N} of {T}; how many are left on"
              + " {D}? there are {Q} left.",
          "name the ruler of {T} who built the bridge to {T} and sold the {G} to {N}. it was {N} of"
              + " {T}, son of {N}.",
          "if {N} walks from {T} to {T} in {Q} hours and {N} needs {Q}, who is first in {T}? {N} of"
              + " {T} is first by {Q} hours.");

  private Notes() {}

  /** A note. */
  public static Task note(SplittableRandom random) {
    Task template = Words.of(TEMPLATES, random);
    return new Task(filled(template.prompt(), random), filled(template.completion(), random));
  }

  /** Question and answer of an examination. */
  public static String exam(SplittableRandom random) {
    return filled(Words.of(EXAM, random), random);
  }

  private static String filled(String template, SplittableRandom random) {
    StringBuilder filled = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      if (template.charAt(i) == '{') {
        filled.append(value(template.charAt(i + 1), random));
        i += 2;
      } else {
        filled.append(template.charAt(i));
      }
    }
    return filled.toString();
  }

  private static String value(char place, SplittableRandom random) {
    return switch (place) {
      case 'G' -> Words.of(GOODS, random);
      case 'D' -> Words.of(DAYS, random);
      case 'Q' -> Integer.toString(2 + random.nextInt(30));
      default -> Words.word(random);
    };
  }
}
