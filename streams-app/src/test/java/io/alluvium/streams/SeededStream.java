package io.alluvium.streams;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.Message;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.suite.ItemGrams;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A stream that the same seed draws alike, in which every stage finds something to do. */
final class SeededStream {
  /** Most records are of one adapter, so that it has enough for a drift. */
  private static final List<String> ADAPTERS =
      List.of("support", "support", "support", "support", "sales", "code");

  private static final List<String> SOURCES = List.of("web", "mail", "paper");
  private static final List<String> SUBJECTS = List.of("ann", "bob", "cleo", "dan");
  private static final int WORDS = 200;
  private static final int EMBEDDING_BYTES = 128;

  /** Every so many examples that were scored one has a loss that nothing explains. */
  private static final int WRONG = 23;

  private final Random random;
  private final List<TrainingExample> earlier = new ArrayList<>();
  private final String exam;

  SeededStream(long seed) {
    this.random = new Random(seed);
    this.exam = words("exam", 40);
  }

  /** When the record with this number was written: a second after the one before. */
  static Instant time(int number) {
    return Rig.START.plus(Duration.ofSeconds(number));
  }

  SuiteItem suiteItem() {
    ItemGrams grams = ItemGrams.of(exam).orElseThrow();
    return SuiteItem.newBuilder()
        .setSuite("seeded")
        .setItem("1")
        .setWords(grams.length())
        .setGrams(grams.grams())
        .setEffectiveFrom(Instant.EPOCH)
        .build();
  }

  /** Mostly an example like others; of twenty one or two have what a stage looks for. */
  TrainingExample example(int number) {
    TrainingExample.Builder plain = plain(number);
    TrainingExample example =
        switch (random.nextInt(20)) {
          case 0 -> again(plain).build();
          case 1 -> nearly(again(plain)).build();
          case 2 -> plain.setId(before().getId()).setAdapter("support").build();
          case 3 -> plain.setCompletion(words("any", 9) + " mail ann.lee@example.com").build();
          case 4 ->
              plain.setCompletion("password = \"hX7!kq" + random.nextInt(999) + "z\"").build();
          case 5 -> plain.setCompletion(exam).build();
          case 6 -> plain.setCompletion("so ".repeat(200)).build();
          case 7 -> plain.setPrompt("Dear {{name}}, " + words("any", 5)).build();
          case 8 -> plain.setCompletion(" ").build();
          case 9, 10 -> conversation(plain);
          default -> plain.build();
        };
    earlier.add(example);
    return example;
  }

  TrainingExample anchor(int number) {
    return plain(number).setId("anchor" + number).build();
  }

  /** Of somebody whose examples are to be erased, sent before that was ordered. */
  TrainingExample ofErased(int number) {
    return plain(number)
        .setAdapter("support")
        .setSubject("ann")
        .setEventTime(time(number - 10))
        .build();
  }

  /** What the scorer says of an example: close to others of its domain, and now and then not. */
  ScoredExample scored(TrainingExample example, int number) {
    double loss = 0.5 + random.nextDouble() * 2;
    boolean isWrong = number % WRONG == 0;
    return ScoredExample.newBuilder(Rig.scored(example, isWrong ? 9 : loss))
        .setAdapterLoss(isWrong ? 9.5 : loss * (0.5 + random.nextDouble() / 2))
        .setAdapterVersion(number / 200 + 1L)
        .setEmbedding(ByteBuffer.wrap(embedding(domain(number))))
        .setPromptTokens(1 + random.nextInt(40))
        .setResponseTokens(1 + random.nextInt(80))
        .setScoredAt(time(number))
        .build();
  }

  AdapterCommand order(int number, Command command, String argument) {
    String adapter = random.nextInt(3) == 0 ? "*" : ADAPTERS.get(random.nextInt(ADAPTERS.size()));
    return new AdapterCommand(
        "order" + number, adapter, command, null, argument, "test", time(number), null);
  }

  private TrainingExample.Builder plain(int number) {
    return Rig.example("e" + number, words(domain(number), 20 + random.nextInt(30)))
        .setAdapter(ADAPTERS.get(random.nextInt(ADAPTERS.size())))
        .setPrompt(words(domain(number), 8))
        .setSource(SOURCES.get(random.nextInt(SOURCES.size())))
        .setSubject(SUBJECTS.get(random.nextInt(SUBJECTS.size())))
        .setImportance(random.nextInt(4) == 0 ? 0.5 + random.nextDouble() : null)
        .setEventTime(time(number));
  }

  /** What was sent before, under another id. */
  private TrainingExample.Builder again(TrainingExample.Builder plain) {
    return TrainingExample.newBuilder(before()).setId(plain.getId());
  }

  private static TrainingExample.Builder nearly(TrainingExample.Builder example) {
    return example.getCompletion() == null
        ? example
        : example.setCompletion(example.getCompletion() + " indeed");
  }

  private TrainingExample before() {
    return earlier.isEmpty() ? plain(0).build() : earlier.get(random.nextInt(earlier.size()));
  }

  private TrainingExample conversation(TrainingExample.Builder plain) {
    List<Message> messages =
        List.of(
            message("user", 8),
            message("assistant", 30),
            message("user", 6),
            message("assistant", 25));
    return plain.setPrompt(null).setCompletion(null).setMessages(messages).build();
  }

  private Message message(String role, int words) {
    return Message.newBuilder().setRole(role).setContent(words("talk", words)).build();
  }

  /** The stream changes once, and later a single new one comes now and then. */
  private static String domain(int number) {
    return number % 61 == 0 ? "rare" + number : number < 1200 ? "usual" : "changed";
  }

  private String words(String domain, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> domain + "word" + random.nextInt(WORDS))
        .collect(Collectors.joining(" "));
  }

  private byte[] embedding(String domain) {
    byte[] around = new byte[EMBEDDING_BYTES];
    new Random(domain.hashCode()).nextBytes(around);
    for (int i = 0; i < around.length; i++) {
      around[i] = (byte) (around[i] / 2 + random.nextInt(30));
    }
    return around;
  }
}
