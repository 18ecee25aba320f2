package io.alluvium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.TestFolders;
import io.alluvium.stack.supervise.StackListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Everything that {@code up} starts, over a directory of its own; stopped when closed. */
public final class RunningSystem implements AutoCloseable {
  private final DataFolder folder;

  private RunningSystem(DataFolder folder) {
    this.folder = folder;
  }

  /**
   * Runs {@code alluvium up --free-ports} with further options; what a test kills stays down until
   * the test starts it.
   */
  public static RunningSystem up(String... options) {
    RunningSystem system = new RunningSystem(new DataFolder(TestFolders.fresh()));
    List<String> arguments = new ArrayList<>(List.of("up", "--free-ports", "--no-supervisor"));
    arguments.addAll(List.of(options));
    Cli.Result result = system.run(arguments.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isZero();
    return system;
  }

  /** Runs a command against this directory. */
  public Cli.Result run(String... arguments) {
    return Cli.run(onHere(arguments));
  }

  /** The same with standard input. */
  public Cli.Result runWithInput(String input, String... arguments) {
    return Cli.runWithInput(input, onHere(arguments));
  }

  private String[] onHere(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add(1, "--data=" + folder.root());
    if (arguments[0].equals("adapters")) {
      all.add(1, all.remove(2));
    }
    return all.toArray(String[]::new);
  }

  /** The stack, for killing parts of it. */
  public LocalStack stack() {
    return LocalStack.attach(folder.root(), StackListener.SILENT).orElseThrow();
  }

  /** The cluster as a client sees it. */
  public Cluster cluster() {
    return new Cluster(settings());
  }

  /** What {@code up} wrote for clients. */
  public ClientSettings settings() {
    return ClientSettings.read(folder.clientProperties());
  }

  /** The data directory. */
  public Path data() {
    return folder.root();
  }

  /** Everything committed to a topic so far. */
  public <V extends SpecificRecord> List<Entry<V>> all(Topic<V> topic) {
    try (TopicReader<V> reader = cluster().read(topic)) {
      return reader.rest();
    }
  }

  @Override
  public void close() {
    assertThat(run("down").code()).isZero();
  }
}
