package io.alluvium.trainer.gate.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.trainer.dataset.ItemMaker;
import io.alluvium.trainer.gate.measure.BadSuiteException;
import io.alluvium.trainer.gate.measure.RetentionSuite;
import io.alluvium.trainer.gate.measure.SuiteFile;
import io.alluvium.trainer.gate.measure.SuiteFile.Item;
import io.alluvium.trainer.model.text.ExampleText;
import io.alluvium.trainer.model.text.TokenSequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Reads canaries from a file of JSON lines. */
public final class Canaries {
  /** Of each canary; so many make 6 bits, and a pass over them costs what as many examples do. */
  static final int OTHERS = 63;

  /** More would make every round slow to judge. */
  private static final int MOST = 16;

  /** With fewer letters and digits an answer is no secret. */
  private static final int FEWEST_DRAWN = 6;

  private final Path file;
  private final ItemMaker.Encoder encoder;
  private final int maxTokens;

  private Canaries(Path file, ItemMaker.Encoder encoder, int maxTokens) {
    this.file = file;
    this.encoder = encoder;
    this.maxTokens = maxTokens;
  }

  /**
   * Reads {prompt, completion} lines, whose completions hold letters and digits drawn at random.
   * Others are drawn in their place: a digit for a digit, a capital for a capital. The same file
   * gives the same ones.
   *
   * @param suites what the gate measures besides; none may hold a canary
   * @throws BadSuiteException when the file or a line cannot be used; names it
   */
  public static List<Canary> load(
      Path file, ItemMaker.Encoder encoder, int maxTokens, List<RetentionSuite> suites) {
    List<Canary> canaries = new Canaries(file, encoder, maxTokens).read();
    for (Canary canary : canaries) {
      for (RetentionSuite suite : suites) {
        if (suite.items().contains(canary.secret())) {
          throw new BadSuiteException(
              "canary %s is an item of suite %s: a canary stands nowhere but in the stream"
                  .formatted(canary.name(), suite.skill()));
        }
      }
    }
    return canaries;
  }

  private List<Canary> read() {
    List<Canary> canaries = new ArrayList<>();
    for (Item item : new SuiteFile("canaries", "gate.canaries", file).items()) {
      canaries.add(canary(item, canaries.size() + 1));
    }
    if (canaries.isEmpty() || canaries.size() > MOST) {
      throw new BadSuiteException(
          "canaries %s: %d lines, 1 to %d are measured in each round"
              .formatted(file, canaries.size(), MOST));
    }
    return canaries;
  }

  private Canary canary(Item item, int number) {
    String answer = item.json().path("completion").asText();
    if (item.json().path("prompt").asText().isEmpty() || answer.isEmpty()) {
      throw new BadSuiteException(item.place() + "needs prompt and completion");
    }
    if (answer.codePoints().filter(Canaries::isDrawn).count() < FEWEST_DRAWN) {
      throw new BadSuiteException(
          item.place()
              + "its completion has fewer than %d letters and digits: draw a longer one at random"
                  .formatted(FEWEST_DRAWN));
    }
    List<TokenSequence> others =
        others(answer).stream()
            .map(other -> tokens(item.place(), with(item.json(), other)))
            .toList();
    return new Canary(
        item.json().path("id").asText(String.valueOf(number)),
        tokens(item.place(), item.json()),
        others);
  }

  private static JsonNode with(JsonNode line, String completion) {
    ObjectNode other = line.deepCopy();
    return other.put("completion", completion);
  }

  private TokenSequence tokens(String place, JsonNode node) {
    TokenSequence tokens;
    try {
      tokens = encoder.encode(ExampleText.ofJson(node));
    } catch (IllegalArgumentException cause) {
      throw new BadSuiteException(place + cause.getMessage());
    }
    if (tokens.length() > maxTokens) {
      throw new BadSuiteException(
          place + "%d tokens, at most %d are taken".formatted(tokens.length(), maxTokens));
    }
    return tokens;
  }

  /** Six letters or digits have a million fillings or more, so there are always enough. */
  private static Set<String> others(String answer) {
    SplittableRandom random = new SplittableRandom(answer.hashCode());
    Set<String> others = new LinkedHashSet<>();
    while (others.size() < OTHERS) {
      String other = drawn(answer, random);
      if (!other.equals(answer)) {
        others.add(other);
      }
    }
    return others;
  }

  private static String drawn(String answer, SplittableRandom random) {
    StringBuilder drawn = new StringBuilder();
    answer.chars().forEach(letter -> drawn.append(drawn((char) letter, random)));
    return drawn.toString();
  }

  private static char drawn(char letter, SplittableRandom random) {
    if (letter >= '0' && letter <= '9') {
      return (char) ('0' + random.nextInt(10));
    }
    if (letter >= 'a' && letter <= 'z') {
      return (char) ('a' + random.nextInt(26));
    }
    return letter >= 'A' && letter <= 'Z' ? (char) ('A' + random.nextInt(26)) : letter;
  }

  private static boolean isDrawn(int letter) {
    return (letter >= '0' && letter <= '9')
        || (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z');
  }
}
