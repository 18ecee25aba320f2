package io.alluvium.trainer.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.record.Messages;
import io.alluvium.schemas.registry.AvroSerdes;
import io.alluvium.schemas.setup.RegistryUnavailableException;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.trainer.claim.Refusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
  private static final Topics TOPICS = new Topics("", 1);
  private static final AvroSerdes SERDES =
      new AvroSerdes(Map.of("schema.registry.url", "mock://reader"));

  private final RecordReader<TrainingExample> reader =
      new RecordReader<>(SERDES.deserializer(TOPICS.accepted()), Duration.ofSeconds(1));

  @Test
  void aValueIsReadAsItWasWritten() {
    TrainingExample example = example();
    assertThat(read(bytes(example))).isEqualTo(new Reading.Decoded<>(example));
  }

  @Test
  void aTombstoneIsRefused() {
    assertUndecodable(read(null), "tombstone");
  }

  @Test
  void aValueOfAnotherTypeIsRefused() {
    byte[] message = SERDES.<Message>serializer().serialize("other", Messages.of("user", "hi"));
    assertUndecodable(read(message), "Message");
  }

  @Test
  void aValueThatIsCutOffIsRefused() {
    byte[] whole = bytes(example());
    for (int length = 0; length < whole.length; length++) {
      assertUndecodable(read(java.util.Arrays.copyOf(whole, length)), "");
    }
  }

  @Property(tries = 300)
  void noBytesWhateverStopTheReader(@ForAll byte[] tail) {
    byte[] known = bytes(example());
    byte[] value = new byte[5 + tail.length];
    System.arraycopy(known, 0, value, 0, 5);
    System.arraycopy(tail, 0, value, 5, tail.length);
    assertThat(read(value)).isNotNull();
    assertThat(read(tail)).isNotNull();
  }

  @Test
  void aRegistryThatDoesNotAnswerIsNotTheRecordsFault() {
    AvroSerdes deaf = new AvroSerdes(Map.of("schema.registry.url", "http://127.0.0.1:1"));
    RecordReader<TrainingExample> unheard =
        new RecordReader<>(deaf.deserializer(TOPICS.accepted()), Duration.ofMillis(600));
    assertThatThrownBy(() -> unheard.read(record(bytes(example()))))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("schema registry does not answer");
  }

  private Reading<TrainingExample> read(byte @Nullable [] value) {
    return reader.read(record(value));
  }

  private static void assertUndecodable(Reading<TrainingExample> reading, String detail) {
    assertThat(reading).isInstanceOf(Reading.Undecodable.class);
    Refusal refusal = ((Reading.Undecodable<TrainingExample>) reading).refusal();
    assertThat(refusal.reason()).isEqualTo(Reason.UNDECODABLE);
    assertThat(refusal.detail()).contains(detail);
  }

  private static byte[] bytes(TrainingExample example) {
    return SERDES.<TrainingExample>serializer().serialize(TOPICS.accepted().name(), example);
  }

  private static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] value) {
    return new ConsumerRecord<>(TOPICS.accepted().name(), 0, 0, new byte[0], value);
  }

  private static TrainingExample example() {
    return TrainingExample.newBuilder()
        .setId("x")
        .setAdapter("a")
        .setPrompt("p")
        .setCompletion("c")
        .setEventTime(Instant.EPOCH)
        .build();
  }
}
