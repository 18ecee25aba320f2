package io.alluvium.trainer.bench.tutor;

import io.alluvium.trainer.bench.tutor.Lesson.Answer;
import io.alluvium.trainer.bench.tutor.Lesson.Score;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.Scores;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.FineTuneResult;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.SkillFiles;
import io.alluvium.trainer.model.tensor.HalfPrecision;
import io.alluvium.trainer.model.text.ExampleTokenizer;
import io.alluvium.trainer.model.text.TokenSequence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Scores with base and adapter as the scoring role does, and trains windows as the training role
 * does, with its defaults and the anchors in the base's folder; every window's result is taken.
 * Equal requests give equal answers. For one thread.
 */
final class Tutor implements AutoCloseable {
  private static final int MAX_TOKENS = 512;

  private final ExampleTokenizer tokenizer;
  private final Decoder decoder;
  private final FineTuneConfig config = FineTuneConfig.defaults();
  private final FineTuner tuner;
  private final Map<String, Version> versions = new HashMap<>();

  /** A state and its number. */
  private record Version(long number, TrainingState state) {}

  Tutor(Path base) throws IOException {
    HfFolder folder = HfFolder.open(base);
    this.tokenizer = ExampleTokenizer.open(folder);
    this.decoder = Decoder.open(folder, new EngineOptions(1, MAX_TOKENS));
    this.tuner = new FineTuner(decoder, config, anchors(base));
  }

  private Anchors anchors(Path base) throws IOException {
    Optional<Path> file = new SkillFiles(base).anchors();
    return file.isPresent()
        ? Anchors.load(file.get(), tokenizer, config.anchors().maxTokens())
        : Anchors.none();
  }

  Answer answer(Lesson lesson) {
    List<@Nullable TokenSequence> tokens = lesson.examples().stream().map(this::encode).toList();
    return lesson.learn() ? learned(lesson, tokens) : scored(lesson.adapter(), tokens);
  }

  private @Nullable TokenSequence encode(Lesson.Example example) {
    TokenSequence tokens = tokenizer.encode(example.prompt(), example.completion());
    return tokens.length() <= decoder.maxTokens() ? tokens : null;
  }

  private Answer scored(String adapter, List<@Nullable TokenSequence> tokens) {
    List<TokenSequence> fitting = tokens.stream().filter(one -> one != null).toList();
    Version version = versions.get(adapter);
    Scores base = decoder.scoreWithEmbeddings(fitting, null);
    Scores own = version == null ? null : decoder.score(fitting, version.state.adapter());
    List<@Nullable Score> scores = new ArrayList<>();
    int next = 0;
    for (TokenSequence one : tokens) {
      scores.add(one == null ? null : score(base, own, next++));
    }
    return new Answer(version == null ? null : version.number, scores);
  }

  private static Score score(Scores base, @Nullable Scores own, int index) {
    return new Score(
        base.losses()[index],
        own == null ? null : (double) own.losses()[index],
        halves(base.embeddings().get(index)));
  }

  private static String halves(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Short.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort(HalfPrecision.toFloat16(value));
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private Answer learned(Lesson lesson, List<@Nullable TokenSequence> tokens) {
    List<TrainingItem> items = new ArrayList<>();
    IntStream.range(0, tokens.size()).forEach(i -> add(items, lesson.examples().get(i), tokens, i));
    Version before =
        versions.computeIfAbsent(
            lesson.adapter(),
            name ->
                new Version(
                    0, TrainingState.initial(decoder.config(), config.lora(), config.seed())));
    if (tuner.train(before.state, items, before.number) instanceof FineTuneResult.Trained trained) {
      before.state.close();
      versions.put(lesson.adapter(), new Version(before.number + 1, trained.candidate()));
    }
    return new Answer(versions.get(lesson.adapter()).number, List.of());
  }

  private static void add(
      List<TrainingItem> items,
      Lesson.Example example,
      List<@Nullable TokenSequence> tokens,
      int index) {
    TokenSequence sequence = tokens.get(index);
    if (sequence != null) {
      items.add(new TrainingItem(Integer.toString(index), sequence, (float) example.weight()));
    }
  }

  @Override
  public void close() {
    versions.values().forEach(version -> version.state.close());
    tuner.close();
    decoder.close();
    tokenizer.close();
  }
}
