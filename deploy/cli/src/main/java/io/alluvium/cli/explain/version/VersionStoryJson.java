package io.alluvium.cli.explain.version;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.watch.AvroJson;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.trainer.claim.recall.Entry;

/** A version's story for programs. Pure. */
public final class VersionStoryJson {
  private static final ObjectMapper JSON = new JsonMapper();

  private VersionStoryJson() {}

  /** All of it. */
  public static ObjectNode of(VersionStory story) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("event", AvroJson.of(story.event()));
    ArrayNode chain = node.putArray("chain");
    story.chain().links().forEach(link -> chain.add(link(link)));
    node.set("mix", JSON.valueToTree(story.mix()));
    ArrayNode samples = node.putArray("samples");
    story.samples().forEach(sample -> samples.add(sample(sample)));
    return node.set("settings", JSON.valueToTree(story.settings().orElse(null)));
  }

  private static ObjectNode link(AdapterVersion link) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("version", link.getVersion()).put("outcome", link.getOutcome().name());
    node.put("from", Chain.from(link));
    node.set("window", AvroJson.of(link.getWindow()));
    link.getVerdict().getReasons().forEach(node.putArray("reasons")::add);
    return node;
  }

  private static ObjectNode sample(Entry sample) {
    ScoredExample scored = sample.example().getScored();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", sample.id()).put("offset", sample.raw().offset());
    node.put("baseLoss", scored.getBaseLoss()).put("adapterLoss", scored.getAdapterLoss());
    node.put("adapterVersion", scored.getAdapterVersion());
    return node.set("example", AvroJson.of(sample.sent()));
  }
}
