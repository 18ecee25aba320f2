package io.alluvium.cli.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.trainer.decoder.Scores;
import io.alluvium.trainer.model.text.TokenSequence;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Sums over the records of an evaluation. */
final class Evaluation {
  private long records;
  private long tokens;
  private long matches;
  private double lossSum;

  /** Takes a batch and hands out one line per record. */
  void add(List<TokenSequence> batch, Scores scores, Consumer<Line> lines) {
    for (int n = 0; n < batch.size(); n++) {
      records++;
      tokens += batch.get(n).responseTokens();
      matches += scores.exactMatches()[n] ? 1 : 0;
      lossSum += scores.losses()[n];
      lines.accept(new Line(batch.get(n), scores.losses()[n]));
    }
  }

  long records() {
    return records;
  }

  ObjectNode json() {
    ObjectNode sums = JsonNodeFactory.instance.objectNode();
    sums.put("records", records).put("tokens", tokens);
    return records == 0 ? sums.putNull("meanLoss") : sums.put("meanLoss", lossSum / records);
  }

  String text() {
    if (records == 0) {
      return "0 records, nothing measured";
    }
    return String.format(
        Locale.ROOT,
        "%d records, %d supervised tokens, mean loss %.4f, exact match %.3f",
        records,
        tokens,
        lossSum / records,
        matches / (double) records);
  }

  /** One record with its loss in nats per supervised token. */
  record Line(TokenSequence tokens, float loss) {
    ObjectNode json() {
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      put(line, "ids", tokens.ids());
      line.put("response_start", tokens.responseStart());
      if (!tokens.endsWithResponse()) {
        put(line, "supervised", tokens.supervised());
      }
      return line.put("loss", loss);
    }

    private static void put(ObjectNode line, String name, int[] numbers) {
      ArrayNode array = line.putArray(name);
      for (int number : numbers) {
        array.add(number);
      }
    }
  }
}
