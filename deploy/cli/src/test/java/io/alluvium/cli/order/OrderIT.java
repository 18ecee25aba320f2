package io.alluvium.cli.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.cli.Cli;
import io.alluvium.cli.OnStack;
import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.Keyed;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Orders as they are given, against a real broker and registry; RouteTopologyTest obeys them. */
@ExtendWith(LocalStackExtension.class)
class OrderIT {
  private static final Topics TOPICS = new Topics("order-it.", 2);

  private final OnStack alluvium;

  OrderIT(LocalStack stack, @TempDir Path data) {
    alluvium = new OnStack(stack, TOPICS, data);
    Cluster cluster =
        new Cluster(
            new ClientSettings(
                Map.of(
                    ClientSettings.BOOTSTRAP, stack.bootstrapServers(),
                    ClientSettings.REGISTRY, stack.registryUrl(),
                    ClientSettings.TOPIC_PREFIX, TOPICS.prefix())));
    cluster.write(cluster.topics().review(), List.of(put("1"), put("2"), put("3")));
  }

  @Test
  void waitingExamplesAreListedAndAnswered() {
    assertThat(alluvium.run("review", "list").out().lines())
        .hasSize(3)
        .allMatch(line -> line.contains("base loss 7.25  What is "))
        .allMatch(line -> line.endsWith("..."));
    assertThat(alluvium.run("review", "list", "--adapter=sales").out()).isEmpty();

    assertThat(alluvium.run("review", "approve", "--adapter=support", "2").out())
        .isEqualTo("approve: 1 of support\n");
    Cli.Result again = alluvium.run("review", "drop", "--adapter=support", "2");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("no example 2 of support waits");

    List<JsonNode> dropped =
        alluvium
            .run("review", "drop", "--adapter=support", "--all", "--by=ann", "--format=json")
            .json();
    assertThat(dropped).hasSize(1);
    assertThat(dropped.get(0).get("argument").asText()).isEqualTo("review:*");
    assertThat(dropped.get(0).get("issuedBy").asText()).isEqualTo("ann");
    assertThat(alluvium.run("review", "list", "--format=json").out()).isEmpty();
  }

  @Test
  void erasuresNameWhatTheyMean() {
    Cli.Result erased =
        alluvium.run("erase", "--adapter=support", "--subject=ann", "--offsets=0:5-9", "--no-wait");
    assertThat(erased.out())
        .isEqualTo("ordered to erase, of support: subject:ann, offsets:0:5-9\n");
    assertThat(alluvium.run("erase", "--adapter=support", "--offsets=5-9").err())
        .contains("--offsets 5-9 is no range");
    assertThat(alluvium.run("erase", "--adapter=support").code()).isEqualTo(2);
    assertThat(alluvium.run("review", "approve", "--adapter=support").code()).isEqualTo(2);
  }

  private static Keyed<WeightedExample> put(String id) {
    return new Keyed<>("support", Reviewed.example("support", id, "ben"));
  }
}
