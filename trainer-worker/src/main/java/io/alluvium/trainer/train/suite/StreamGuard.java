package io.alluvium.trainer.train.suite;

import io.alluvium.trainer.gate.measure.SuiteTexts;
import io.alluvium.trainer.worker.WorkerContext;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the questions of a gate out of what is learned.
 *
 * @param log the suites topic
 */
public record StreamGuard(SuiteLog log) {
  private static final Logger LOG = LoggerFactory.getLogger(StreamGuard.class);
  private static final Duration WITHIN = Duration.ofSeconds(15);

  /** On the topic of a worker. */
  public static StreamGuard of(WorkerContext context) {
    return new StreamGuard(new SuiteLog(context, WITHIN));
  }

  /**
   * Makes the topic hold these suites, and says so in one line; where it may not, or gets no answer
   * in time, it says that.
   *
   * @param base name of the base that they belong to
   */
  public void guard(String base, List<SuiteTexts> suites) {
    if (suites.isEmpty()) {
      return;
    }
    GuardedSuites wanted = GuardedSuites.of(base, suites);
    try {
      SuiteChanges changes =
          SuiteChanges.between(log.read(), wanted, log.context().clock().instant());
      if (changes.size() > 0) {
        log.write(changes);
      }
      LOG.info("{}", done(wanted, changes));
    } catch (InterruptException interrupted) {
      throw interrupted;
    } catch (KafkaException failed) {
      // The gate measures as before; only what its suites hold may be learned, as without them.
      LOG.warn("{}", unguarded(failed));
    }
  }

  private String done(GuardedSuites wanted, SuiteChanges changes) {
    return "the %d items of %s stand on the stream's topic of suites: %d written to %s, %d ended; %d too short or too much alike to be recognised"
        .formatted(
            wanted.size(),
            String.join(", ", wanted.suites().keySet()),
            changes.begun().size(),
            topic(),
            changes.ended().size(),
            wanted.unknowable());
  }

  String unguarded(KafkaException failed) {
    String remedy =
        failed instanceof AuthorizationException
            ? "let this principal read and write topic " + topic()
            : "see to topic %s and start the role again".formatted(topic());
    return "the suites that the gate measures by are not guarded (%s): examples may hold their items; %s, or set guardSuites: false"
        .formatted(failed.getMessage(), remedy);
  }

  private String topic() {
    return log.context().topics().suites().name();
  }
}
