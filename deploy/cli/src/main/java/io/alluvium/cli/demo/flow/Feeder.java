package io.alluvium.cli.demo.flow;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.demo.domain.Deposit;
import io.alluvium.cli.demo.domain.question.QuestionAndAnswer;
import io.alluvium.cli.produce.ExampleSender;
import io.alluvium.schemas.TrainingExample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends the stream at a steady pace on a thread of its own, as a live source would. */
public final class Feeder implements AutoCloseable {
  private static final Duration BEAT = Duration.ofMillis(50);

  private final ExampleSender sender;
  private final Iterator<Deposit> rest;
  private final String adapter;
  private final double perBeat;
  private final ScheduledExecutorService pace =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "demo-feeder"));
  private final AtomicReference<@Nullable Instant> first = new AtomicReference<>();
  private double due;
  private volatile boolean finished;

  private Feeder(ExampleSender sender, List<Deposit> stream, String adapter, double perSecond) {
    this.sender = sender;
    this.rest = stream.iterator();
    this.adapter = adapter;
    this.perBeat = perSecond * BEAT.toMillis() / 1e3;
  }

  /** Begins to send. */
  public static Feeding start(Cluster cluster, List<Deposit> stream, Pace pace) {
    Feeder feeder =
        new Feeder(new ExampleSender(cluster), stream, pace.adapter(), pace.perSecond());
    Future<?> beats =
        feeder.pace.scheduleAtFixedRate(feeder::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    return new Feeding(feeder, beats);
  }

  private void beat() {
    due += perBeat;
    while (due >= 1 && rest.hasNext()) {
      due--;
      send(rest.next());
    }
    if (!rest.hasNext()) {
      sender.flush();
      finished = true;
      pace.shutdown();
    }
  }

  boolean finished() {
    return finished;
  }

  long sent() {
    return sender.acknowledged();
  }

  Instant since() {
    Instant started = first.get();
    return started == null ? Instant.now() : started;
  }

  private void send(Deposit deposit) {
    first.compareAndSet(null, Instant.now());
    if (deposit instanceof Deposit.Example example) {
      sender.send(record(example.id(), example.question()), example.id());
    } else if (deposit instanceof Deposit.WrongBytes bytes) {
      sender.sendBytes(adapter, bytes.text().getBytes(StandardCharsets.US_ASCII), bytes.text());
    }
  }

  private TrainingExample record(String id, QuestionAndAnswer question) {
    return TrainingExample.newBuilder()
        .setId(id)
        .setAdapter(adapter)
        .setPrompt(question.prompt())
        .setCompletion(question.completion())
        .setMessages(null)
        .setEventTime(Instant.now())
        .setSource("demo")
        .setImportance(null)
        .setSubject(null)
        .setLabels(Map.of())
        .build();
  }

  @Override
  public void close() {
    pace.shutdownNow();
    sender.close();
  }

  /**
   * How fast, and for whom.
   *
   * @param adapter adapter id
   * @param perSecond records per second
   */
  public record Pace(String adapter, double perSecond) {}
}
