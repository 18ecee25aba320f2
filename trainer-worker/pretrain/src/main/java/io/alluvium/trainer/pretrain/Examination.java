package io.alluvium.trainer.pretrain;

import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.text.ExampleTokenizer;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.pretrain.skill.SkillRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a model folder held-out questions, through the reader that everything else uses. */
final class Examination {
  private Examination() {}

  /** Share of records answered exactly, end token included, per suite and in its order. */
  static Map<String, Double> exactMatch(
      HfFolder folder, EngineOptions options, Map<String, List<SkillRecord>> suites)
      throws IOException {
    Map<String, Double> shares = new LinkedHashMap<>();
    try (ExampleTokenizer tokenizer = ExampleTokenizer.open(folder);
        Decoder decoder = Decoder.open(folder, options)) {
      for (Map.Entry<String, List<SkillRecord>> suite : suites.entrySet()) {
        List<TokenSequence> sequences = sequences(tokenizer, suite.getValue());
        shares.put(suite.getKey(), decoder.score(sequences, null).exactMatchShare());
      }
    }
    return shares;
  }

  private static List<TokenSequence> sequences(
      ExampleTokenizer tokenizer, List<SkillRecord> examples) {
    return examples.stream().map(e -> tokenizer.encode(e.prompt(), e.completion())).toList();
  }
}
