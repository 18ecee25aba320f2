package io.alluvium.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The broker's answers, one lie or refusal each. */
class TransactionsFaultTest {
  private static final TopicPartition PARTITION = new TopicPartition("training", 0);

  private static final ConsumerGroupMetadata MEMBERSHIP =
      new MockConsumer<byte[], byte[]>("earliest").groupMetadata();

  private final FaultyProducer producer = new FaultyProducer();
  private final Transactions transactions = new Transactions(producer);

  @BeforeEach
  void begin() {
    producer.initTransactions();
  }

  @Test
  void aTransactionMayHangForFifteenSecondsUnlessAUserSaysOtherwise() {
    assertThat(Transactions.settings(Map.of(), "id"))
        .containsEntry("transaction.timeout.ms", "15000");
    assertThat(Transactions.settings(Map.of("transaction.timeout.ms", "40000"), "id"))
        .containsEntry("transaction.timeout.ms", "40000");
  }

  @Test
  void recordsAndOffsetsAreCommittedTogether() {
    assertThat(commit()).isEqualTo(new CommitOutcome.Published());
    assertThat(producer.history()).hasSize(1);
    assertThat(producer.consumerGroupOffsetsHistory())
        .containsExactly(Map.of(MEMBERSHIP.groupId(), Map.of(PARTITION, new OffsetAndMetadata(7))));
  }

  @Test
  void partitionsThatMovedOnSupersedeAndTheProducerGoesOn() {
    producer.sendOffsetsToTransactionException = new CommitFailedException();
    assertThat(commit()).isInstanceOf(CommitOutcome.Superseded.class);
    assertThat(producer.history()).isEmpty();
    assertThat(producer.transactionAborted()).isTrue();

    producer.sendOffsetsToTransactionException = null;
    assertThat(commit()).isEqualTo(new CommitOutcome.Published());
    assertThat(producer.history()).hasSize(1);
  }

  @Test
  void whatTheBrokerWantsAbortedIsAborted() {
    producer.commitTransactionException = new TransactionAbortableException("too late");
    assertThat(commit()).isInstanceOf(CommitOutcome.Superseded.class);
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void aFailureInTheBackgroundIsRecognisedThroughItsWrapper() {
    producer.commitTransactionException =
        new KafkaException("in error state", new TransactionAbortableException("first cause"));
    assertThat(commit()).isInstanceOf(CommitOutcome.Superseded.class);
  }

  @Test
  void aNewerProducerWithOurNameFences() {
    producer.commitTransactionException = new ProducerFencedException("newer");
    assertThat(commit()).isInstanceOf(CommitOutcome.Fenced.class);
  }

  @Test
  void anOldEpochFencesToo() {
    producer.sendOffsetsToTransactionException = new InvalidProducerEpochException("old");
    assertThat(commit()).isInstanceOf(CommitOutcome.Fenced.class);
  }

  @Test
  void anAnswerThatComesLateIsAskedForAgain() {
    producer.unansweredCommits = 2;
    assertThat(commit()).isEqualTo(new CommitOutcome.Published());
    assertThat(producer.history()).hasSize(1);
  }

  @Test
  void anAnswerThatNeverComesIsUnknownAndNothingIsTouched() {
    producer.unansweredCommits = Integer.MAX_VALUE;
    assertThat(commit()).isInstanceOf(CommitOutcome.Unknown.class);
    assertThat(producer.transactionAborted()).isFalse();
  }

  @Test
  void whatGoingOnWouldNotCureIsThrown() {
    producer.sendOffsetsToTransactionException = new TopicAuthorizationException("training");
    assertThatThrownBy(this::commit).isInstanceOf(TopicAuthorizationException.class);
  }

  private CommitOutcome commit() {
    return transactions.commit(
        List.of(new ProducerRecord<>("adapter.versions", new byte[] {1}, new byte[] {2})),
        Map.of(PARTITION, new OffsetAndMetadata(7)),
        MEMBERSHIP);
  }

  /** Does not answer some commits; the real producer goes on with the same one when asked again. */
  private static final class FaultyProducer extends MockProducer<byte[], byte[]> {
    private int unansweredCommits;

    FaultyProducer() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void commitTransaction() {
      if (unansweredCommits > 0) {
        unansweredCommits--;
        throw new TimeoutException("no answer");
      }
      super.commitTransaction();
    }
  }
}
