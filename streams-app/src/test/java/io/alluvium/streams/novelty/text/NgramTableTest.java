package io.alluvium.streams.novelty.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.record.Messages;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NgramTableTest {
  private final TextFeatures words = new TextFeatures();

  @Test
  void surpriseIsTheMeanOfMinusTheLogarithmOfEachShare() {
    NgramTable table = new NgramTable(1_000_000_000);
    short[] learned = {1, 1, 2, 3};
    table.learn(learned);
    double all = 4 + 0.05 * NgramTable.BUCKETS;
    assertThat(table.surprise(new short[] {1, 9}))
        .isCloseTo(-(Math.log(2.05 / all) + Math.log(0.05 / all)) / 2, within(1e-9));
    assertThat(table.surprise(new short[0])).isZero();
  }

  @Property(tries = 20)
  void manyFeaturesGiveTheSameAsOneByOne(@ForAll long seed) {
    Random random = new Random(seed);
    NgramTable table = new NgramTable(100);
    short[] features = new short[128];
    IntStream.range(0, 128).forEach(i -> features[i] = (short) random.nextInt(4096));
    table.learn(features);
    double sum = 0;
    for (short feature : features) {
      sum += table.surprise(new short[] {feature});
    }
    assertThat(table.surprise(features)).isCloseTo(sum / 128, within(1e-9));
  }

  @Test
  void afterAHalfLifeACountIsWorthHalfThroughAnyRescaling() {
    NgramTable table = new NgramTable(10);
    short[] old = {7};
    table.learn(old);
    IntStream.range(0, 400).forEach(i -> table.learn(new short[] {8}));
    double forgotten = table.surprise(old);
    IntStream.range(0, 10).forEach(i -> table.learn(old));
    assertThat(table.surprise(old)).isLessThan(forgotten - 2);
    assertThat(table.surprise(new short[] {8})).isLessThan(forgotten);
  }

  @Test
  void whatIsReadBackIsTheSame() {
    NgramTable table = new NgramTable(10);
    IntStream.range(0, 500).forEach(i -> table.learn(new short[] {(short) (i % 50)}));
    ByteBuffer bytes = ByteBuffer.allocate(NgramTable.BYTES);
    table.write(bytes);
    NgramTable again = new NgramTable(10);
    again.read(bytes.flip());
    short[] some = {1, 5, 60};
    assertThat(again.surprise(some)).isEqualTo(table.surprise(some));
  }

  @Test
  void wordsCountWithoutCaseAndPunctuation() {
    assertThat(words.of(pair("Hello, World!", "ÄPFEL 7")))
        .isEqualTo(words.of(pair("hello world", "äpfel: 7")));
    assertThat(words.of(pair("hello world", "x"))).isNotEqualTo(words.of(pair("world hello", "x")));
  }

  @Test
  void messagesCountLikePairs() {
    TrainingExample turns =
        TrainingExample.newBuilder(pair("", ""))
            .setMessages(List.of(Messages.of("user", "a b"), Messages.of("assistant", "c")))
            .build();
    assertThat(words.of(turns)).isEqualTo(words.of(pair("a b", "c")));
  }

  @Test
  void longTextsGiveABoundedNumberSpreadOverThem() {
    String text = String.join(" ", IntStream.range(0, 50_000).mapToObj(i -> "w" + i).toList());
    assertThat(words.of(pair(text, "end"))).hasSize(128);
    assertThat(words.of(pair("", ""))).isEmpty();
  }

  private static TrainingExample pair(String prompt, String completion) {
    return TrainingExample.newBuilder()
        .setId("1")
        .setAdapter("a")
        .setPrompt(prompt)
        .setCompletion(completion)
        .setEventTime(Instant.EPOCH)
        .build();
  }
}
