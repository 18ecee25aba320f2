package io.alluvium.cli.explain.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.explain.fact.Sighting;
import io.alluvium.schemas.AdapterVersion;
import java.util.Optional;
import java.util.function.Function;

/**
 * A story for programs. Pure.
 *
 * @param epochs passes over a version's window; empty where they are not known
 */
public record StoryJson(Function<AdapterVersion, Optional<Integer>> epochs) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Everything that is known. */
  public ObjectNode of(RecordStory story) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", story.id()).put("adapter", story.adapter().isEmpty() ? null : story.adapter());
    node.put("standing", story.standing().name());
    ArrayNode seen = node.putArray("seen");
    story.sightings().forEach(one -> seen.add(sighting(story, one)));
    return node;
  }

  private ObjectNode sighting(RecordStory story, Sighting one) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("place", one.place().toString()).put("at", one.timeMs());
    node.setAll(JSON.<ObjectNode>valueToTree(one.facts()));
    Fate fate = story.fates().get(one);
    if (fate != null) {
      node.set("fate", fate(fate));
    }
    return node;
  }

  private ObjectNode fate(Fate fate) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("is", name(fate));
    if (fate instanceof Fate.Taken taken) {
      AdapterVersion event = taken.event();
      node.put("version", event.getVersion()).put("outcome", event.getOutcome().name());
      if (fate instanceof Fate.Trained) {
        node.put("epochs", epochs.apply(event).orElse(null));
      }
    } else if (fate instanceof Fate.Waiting waiting) {
      node.put("settledBelow", waiting.settledBelow());
    } else if (fate instanceof Fate.PassedOver passed) {
      node.put("settledBelow", passed.settledBelow());
    }
    return node;
  }

  private static String name(Fate fate) {
    String name = fate.getClass().getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
