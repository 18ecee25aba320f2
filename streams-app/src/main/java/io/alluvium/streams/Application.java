package io.alluvium.streams;

import io.alluvium.schemas.setup.RegistrySetup;
import io.alluvium.schemas.setup.TopicSetup;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.streams.config.ConfigException;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.dedup.seen.FormerSeenStore;
import io.alluvium.streams.policy.PolicyBook;
import io.alluvium.streams.run.StreamsSettings;
import io.alluvium.streams.run.Supervisor;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.store.layout.Layout;
import io.alluvium.streams.store.layout.LayoutLog;
import io.alluvium.streams.watch.Endpoint;
import io.alluvium.streams.watch.Watch;
import io.alluvium.streams.watch.lag.LagWatch;
import io.alluvium.streams.wire.Wire;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts put together, in the order in which they can fail. */
final class Application implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Application.class);

  private final StreamsAppConfig config;
  private final StreamsConfig settings;
  private final Watch watch;
  private final Supervisor supervisor;
  private final Endpoint endpoint;

  private Application(
      StreamsAppConfig config,
      StreamsConfig settings,
      Watch watch,
      Supervisor supervisor,
      Endpoint endpoint) {
    this.config = config;
    this.settings = settings;
    this.watch = watch;
    this.supervisor = supervisor;
    this.endpoint = endpoint;
  }

  /**
   * Opens everything and processes nothing yet.
   *
   * @throws ConfigException when the configuration, the port or the state folder cannot be used
   * @throws TimeoutException when no broker answers within the patience
   * @throws io.alluvium.schemas.setup.RegistryUnavailableException when no registry does
   * @throws io.alluvium.streams.store.layout.LayoutException when the state is of another form
   */
  static Application open(StreamsAppConfig config) {
    StreamsConfig settings = settings(config);
    requireWritable(config.stateDir());
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    bindProcessMeters(meters);
    AtomicReference<BooleanSupplier> running = new AtomicReference<>(() -> false);
    BooleanSupplier isReady = () -> isTrue(running);
    Endpoint endpoint = listen(config, meters, isReady);
    Watch watch = new Watch(meters, config.metrics().maxAdapters());
    watch.ready(isReady);
    FormerSeenStore former = prepare(config, settings);
    Topology topology =
        new ExampleTopology(config, wire(config), stages(config, watch), former).build(settings);
    Supervisor supervisor = new Supervisor(topology, settings);
    running.set(supervisor::isRunning);
    return new Application(config, settings, watch, supervisor, endpoint);
  }

  /** Processes until closed; what it failed of, or empty. */
  Optional<Throwable> run() throws InterruptedException {
    Topics topics = config.topics();
    Map<String, String> watched =
        Map.of("admit", topics.examples().name(), "weigh", topics.scored().name());
    return supervisor.run(
        settings,
        new LagWatch.Lags(
            watched, config.trained(), config.trainers(), config.metrics().lagInterval(), watch));
  }

  /** Stops in order; again has no effect. */
  @Override
  public void close() {
    supervisor.close();
    endpoint.close();
  }

  private static boolean isTrue(AtomicReference<BooleanSupplier> question) {
    return Objects.requireNonNull(question.get()).getAsBoolean();
  }

  /** Application and build, as rejections name them. */
  static String build() {
    return "streams-app "
        + Objects.requireNonNullElse(
            Application.class.getPackage().getImplementationVersion(), "development");
  }

  private static StreamsConfig settings(StreamsAppConfig config) {
    try {
      return StreamsSettings.of(
          config.applicationId(), config.stateDir(), config.kafka(), config.rocksdb());
    } catch (IllegalArgumentException refused) {
      throw new ConfigException(Objects.requireNonNull(refused.getMessage()), refused);
    }
  }

  private static void requireWritable(Path stateDir) {
    try {
      Files.createDirectories(stateDir);
      Files.delete(Files.createTempFile(stateDir, "writable", null));
    } catch (IOException refused) {
      throw new ConfigException(
          "stateDir %s cannot be written (%s): name another folder or change its owner"
              .formatted(stateDir, refused),
          refused);
    }
  }

  private static Endpoint listen(
      StreamsAppConfig config, PrometheusMeterRegistry meters, BooleanSupplier ready) {
    int port = config.metrics().port();
    try {
      Endpoint endpoint = Endpoint.listen(port, meters::scrape, ready);
      LOG.info("metrics on http://127.0.0.1:{}/metrics", endpoint.port());
      return endpoint;
    } catch (IOException taken) {
      throw new ConfigException(
          "metrics.port %d cannot be had (%s): choose another, or 0 for a free one"
              .formatted(port, taken.getMessage()),
          taken);
    }
  }

  private static void bindProcessMeters(MeterRegistry meters) {
    Stream.of(
            new JvmMemoryMetrics(),
            new JvmGcMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics(),
            new FileDescriptorMetrics())
        .forEach(binder -> binder.bindTo(meters));
  }

  private static FormerSeenStore prepare(StreamsAppConfig config, StreamsConfig settings) {
    FormerSeenStore former = topics(config, settings);
    new RegistrySetup(config.registry(), config.patience()).ensure(config.allTopics());
    return former;
  }

  private static FormerSeenStore topics(StreamsAppConfig config, StreamsConfig settings) {
    try (Admin admin = Admin.create(settings.getAdminConfigs("alluvium-setup"))) {
      awaitBroker(admin, config);
      LayoutLog layouts = new LayoutLog(settings);
      List<Layout> news = layouts.require(admin, ExampleTopology.LAYOUTS);
      TopicSetup.ensure(admin, config.allTopics(), config.sendLimit());
      TopicSetup.mendChangelogs(admin, config.applicationId(), config.sendLimit());
      layouts.note(admin, news);
      return layouts.hasChangelog(admin, FormerSeenStore.STORE)
          ? new FormerSeenStore(Optional.of(config.dedup().window()))
          : FormerSeenStore.none();
    }
  }

  private static void awaitBroker(Admin admin, StreamsAppConfig config) {
    DescribeClusterOptions patience =
        new DescribeClusterOptions().timeoutMs((int) config.patience().toMillis());
    try {
      admin.describeCluster(patience).nodes().get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptException(interrupted);
    } catch (ExecutionException unanswered) {
      throw new TimeoutException(
          "no broker at %s answers within %s (%s): start it or correct kafka.bootstrap.servers"
              .formatted(
                  config.kafka().get("bootstrap.servers"),
                  config.patience(),
                  unanswered.getCause()),
          unanswered);
    }
  }

  private static Wire wire(StreamsAppConfig config) {
    return new Wire(config.registry(), config.patience());
  }

  private static Stage stages(StreamsAppConfig config, Watch watch) {
    return new Stage("", build(), watch, new PolicyBook(config.policies()));
  }
}
