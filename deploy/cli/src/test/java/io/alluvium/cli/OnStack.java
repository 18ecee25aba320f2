package io.alluvium.cli;

import io.alluvium.schemas.setup.TopicSetup;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.stack.LocalStack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Commands against the topics of a running broker and registry, without any application. */
public final class OnStack {
  private final List<String> connection;

  /** Creates the topics that are missing. */
  public OnStack(LocalStack stack, Topics topics, Path data) {
    this.connection =
        List.of(
            "--data=" + data,
            "--bootstrap-server=" + stack.bootstrapServers(),
            "--registry=" + stack.registryUrl(),
            "--topic-prefix=" + topics.prefix());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      TopicSetup.ensure(admin, topics.all());
    }
  }

  /** Runs a command with the options that find the stack. */
  public Cli.Result run(String... arguments) {
    return Cli.run(all(arguments));
  }

  /** The same with something on standard input. */
  public Cli.Result runWithInput(String input, String... arguments) {
    return Cli.runWithInput(input, all(arguments));
  }

  private String[] all(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(connection);
    return all.toArray(String[]::new);
  }
}
