package io.alluvium.cli.bench.waiting.fill;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * One serialised record in which a number is written anew for each copy: some ten times as fast as
 * to serialise each. The number has always as many digits, so no length in the record changes.
 */
public final class Stencil {
  private static final byte[] MARK = "@@@@@@@@".getBytes(StandardCharsets.US_ASCII);

  private final byte[] record;
  private final List<Integer> places;

  private Stencil(byte[] record, List<Integer> places) {
    this.record = record;
    this.places = places;
  }

  /**
   * What an example says.
   *
   * @param prompt may hold {@code @@@@@@@@} for the number
   * @param completion likewise
   */
  public record Text(String prompt, String completion) {
    /** Some thirteen tokens even where a token is a character. */
    public static final Text SHORT = new Text("Is it?", " Yes.");

    /** More than sixteen tokens even where a token is a word. */
    public static final Text LONG = new Text("Is it?", " Yes, it is.".repeat(5));

    /** A few dozen bytes, different from record to record. */
    public static final Text ORDINARY = new Text("where is item @@@@@@@@?", " on shelf @@@@@@@@");
  }

  /**
   * For records of one adapter.
   *
   * @param serialize to the bytes of the topic
   */
  public static Stencil of(String adapter, Text text, Function<WeightedExample, byte[]> serialize) {
    String mark = new String(MARK, StandardCharsets.US_ASCII);
    return of(serialize.apply(example(adapter, text, adapter + "-" + mark)));
  }

  static Stencil of(byte[] record) {
    List<Integer> places = new ArrayList<>();
    for (int at = 0; at + MARK.length <= record.length; at++) {
      if (Arrays.equals(record, at, at + MARK.length, MARK, 0, MARK.length)) {
        places.add(at);
      }
    }
    return new Stencil(record, List.copyOf(places));
  }

  /**
   * The record of a number.
   *
   * @param number from 0 to 99,999,999
   */
  public byte[] at(long number) {
    byte[] copy = record.clone();
    for (int place : places) {
      long rest = number;
      for (int digit = MARK.length - 1; digit >= 0; digit--) {
        copy[place + digit] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    return copy;
  }

  private static WeightedExample example(String adapter, Text text, String id) {
    Instant now = Instant.now();
    TrainingExample example =
        TrainingExample.newBuilder()
            .setId(id)
            .setAdapter(adapter)
            .setPrompt(text.prompt())
            .setCompletion(text.completion())
            .setEventTime(now)
            .setSource("bench")
            .build();
    ScoredExample scored =
        ScoredExample.newBuilder()
            .setExample(example)
            .setOrigin(new RecordOrigin("examples.accepted", 0, 0L))
            .setBaseDigest("0".repeat(64))
            .setPromptTokens(text.prompt().length())
            .setResponseTokens(text.completion().length())
            .setBaseLoss(1)
            .setScorerVersion("bench")
            .setScoredAt(now)
            .build();
    return WeightedExample.newBuilder()
        .setScored(scored)
        .setWeight(1)
        .setPolicyVersion("uniform/1")
        .setWeighedAt(now)
        .build();
  }
}
