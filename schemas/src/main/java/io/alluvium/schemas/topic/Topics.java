package io.alluvium.schemas.topic;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.DriftEvent;
import io.alluvium.schemas.Policy;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.ReplicaAck;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.WindowReport;
import io.alluvium.schemas.setup.TopicSetup;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;

/**
 * Every topic of the system: the only place where names, value types, partitions and retention
 * stand. Topics are created and checked from here by {@link TopicSetup}.
 *
 * @param prefix put before every name; may be empty
 * @param partitions partitions of the example topics, all alike, so that a key stays in one
 *     partition from stage to stage
 */
public record Topics(String prefix, int partitions) {

  /** Control topics hold little and are read whole, in order: one partition each. */
  private static final int CONTROL_PARTITIONS = 1;

  /** No lane is called training: that is the main topic of a prefix that ends so. */
  private static final Pattern LANE = Pattern.compile("(?!training$)[a-z0-9][a-z0-9-]*");

  /** Checks the prefix against Kafka's rules for topic names, and the partition count. */
  public Topics {
    if (!prefix.matches("[a-zA-Z0-9._-]*")) {
      throw new IllegalArgumentException(
          "topicPrefix \"" + prefix + "\" may hold letters, digits, '.', '_' and '-' only");
    }
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions is " + partitions + ", must be at least 1");
    }
  }

  /** What users produce to. */
  public Topic<TrainingExample> examples() {
    return users("examples", TrainingExample.class, Retention.SEVEN_DAYS);
  }

  /** Examples that passed admission and de-duplication; the scorer's input. */
  public Topic<TrainingExample> accepted() {
    return stream("examples.accepted", TrainingExample.class, Retention.SEVEN_DAYS);
  }

  /** Accepted examples with losses and embedding. */
  public Topic<ScoredExample> scored() {
    return stream("examples.scored", ScoredExample.class, Retention.SEVEN_DAYS);
  }

  /** Weighted examples; windows are offset ranges of it. */
  public Topic<WeightedExample> training() {
    return stream("training", WeightedExample.class, Retention.THIRTY_DAYS);
  }

  /** Weighted examples of one lane, where it has a topic of its own. */
  public Topic<WeightedExample> training(String lane) {
    return stream("training." + lane, WeightedExample.class, Retention.THIRTY_DAYS);
  }

  /** The topics of lanes among the names of a cluster's topics, by name. */
  public List<Topic<WeightedExample>> lanes(Collection<String> names) {
    String beginning = training().name() + ".";
    return names.stream()
        .filter(name -> name.startsWith(beginning))
        .map(name -> name.substring(beginning.length()))
        .filter(lane -> LANE.matcher(lane).matches())
        .sorted()
        .map(this::training)
        .toList();
  }

  /** General examples of which a share is mixed in; they take the same way through the scorer. */
  public Topic<TrainingExample> anchors() {
    return users("anchors", TrainingExample.class, Retention.THIRTY_DAYS);
  }

  /** Examples that wait for an operator's yes or no, not weighed yet. */
  public Topic<WeightedExample> review() {
    return stream("examples.review", WeightedExample.class, Retention.THIRTY_DAYS);
  }

  /** Everything that any stage refused. */
  public Topic<Rejection> rejected() {
    return stream("examples.rejected", Rejection.class, Retention.THIRTY_DAYS);
  }

  /** One event per round: the history of every adapter. */
  public Topic<AdapterVersion> versions() {
    return control("adapter.versions", AdapterVersion.class, Retention.FOREVER);
  }

  /** The latest state per adapter. */
  public Topic<AdapterState> adapters() {
    return control("adapters", AdapterState.class, Retention.COMPACTED);
  }

  /** Operators' orders. */
  public Topic<AdapterCommand> commands() {
    return control("adapter.commands", AdapterCommand.class, Retention.FOREVER);
  }

  /**
   * What serving replicas of the user's own say of versions; nothing of this project writes here.
   */
  public Topic<ReplicaAck> acks() {
    return control("adapter.acks", ReplicaAck.class, Retention.SEVEN_DAYS);
  }

  /** Changes found in what an adapter is sent. */
  public Topic<DriftEvent> drift() {
    return control("adapter.drift", DriftEvent.class, Retention.THIRTY_DAYS);
  }

  /** Measurements of every round. */
  public Topic<WindowReport> reports() {
    return control("window.reports", WindowReport.class, Retention.THIRTY_DAYS);
  }

  /** Parameters of the rules; keys are adapter@version, not adapter ids. */
  public Topic<Policy> policies() {
    return control("policies", Policy.class, Retention.FOREVER);
  }

  /** Items that no example may hold; keys are suite/item, not adapter ids. */
  public Topic<SuiteItem> suites() {
    return control("suites", SuiteItem.class, Retention.COMPACTED);
  }

  /** All of them, in flow order. */
  public List<Topic<?>> all() {
    return List.of(
        examples(),
        accepted(),
        scored(),
        training(),
        anchors(),
        review(),
        rejected(),
        versions(),
        adapters(),
        commands(),
        acks(),
        drift(),
        reports(),
        policies(),
        suites());
  }

  private <V extends SpecificRecord> Topic<V> users(
      String name, Class<V> type, Retention retention) {
    return new Topic<>(prefix + name, type, partitions, retention, TimeOf.PRODUCER);
  }

  private <V extends SpecificRecord> Topic<V> stream(
      String name, Class<V> type, Retention retention) {
    return new Topic<>(prefix + name, type, partitions, retention);
  }

  private <V extends SpecificRecord> Topic<V> control(
      String name, Class<V> type, Retention retention) {
    return new Topic<>(prefix + name, type, CONTROL_PARTITIONS, retention);
  }
}
