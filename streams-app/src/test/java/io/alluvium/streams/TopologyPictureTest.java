package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.GlobalStore;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The picture in README.md is drawn from the topology that runs.
 *
 * <p>After a change run with {@code -Dalluvium.draw=true} to draw it anew.
 */
class TopologyPictureTest {
  private static final Path README = Path.of("README.md");
  private static final String BEGIN = "<!-- drawn from the code: TopologyPictureTest -->\n";
  private static final String END = "<!-- end of what is drawn -->\n";

  @TempDir private Path folder;

  @Test
  void thePictureInTheReadmeIsTheTopology() throws IOException {
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    String picture = "```mermaid\nflowchart LR\n" + drawn() + "```\n";
    if (Boolean.getBoolean("alluvium.draw")) {
      Files.writeString(README, readme.substring(0, begin) + picture + readme.substring(end));
    }
    assertThat(Files.readString(README)).contains(BEGIN + picture + END);
  }

  private String drawn() {
    Set<String> lines = new TreeSet<>();
    TopologyDescription topology = Rig.topology(folder).describe();
    for (Subtopology part : topology.subtopologies()) {
      part.nodes().forEach(node -> draw(node, lines));
    }
    for (GlobalStore store : topology.globalStores()) {
      store
          .source()
          .topicSet()
          .forEach(topic -> lines.add("  " + topic(topic) + " --> every[every task]"));
    }
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private static void draw(Node node, Set<String> lines) {
    if (node instanceof Source source) {
      source.topicSet().forEach(topic -> arrows(topic(topic), node, lines));
    } else if (node instanceof Processor processor && isRoom(node)) {
      processor
          .stores()
          .forEach(store -> lines.add("  %s -.- %s[(%s)]".formatted(box(node), store, store)));
      arrows(box(node), node, lines);
    }
  }

  private static void arrows(String from, Node node, Set<String> lines) {
    for (Node next : shown(node)) {
      String to = next instanceof Sink sink ? topic(sink.topic()) : box(next);
      lines.add("  " + from + " --> " + to);
    }
  }

  /** What follows, with the nodes left out that only unpack what a room said. */
  private static Set<Node> shown(Node node) {
    Set<Node> shown = new LinkedHashSet<>();
    for (Node next : node.successors()) {
      if (next instanceof Sink || isRoom(next)) {
        shown.add(next);
      } else {
        shown.addAll(shown(next));
      }
    }
    return shown;
  }

  private static boolean isRoom(Node node) {
    return !node.name().matches(".*(-passed|-refused|-to-.*)");
  }

  private static String box(Node node) {
    return node.name() + "[" + node.name() + "]";
  }

  private static String topic(String name) {
    String known = name == null ? "training or training.LANE" : name;
    return known.replaceAll("[^a-z]", "_") + "_topic([" + known + "])";
  }
}
