package io.alluvium.cli.demo.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.demo.measure.Knowledge;
import java.util.SortedMap;

/** The summary as one JSON object; its keys are a contract. Pure. */
public final class DemoJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private DemoJson() {}

  /** The summary of a demo. */
  public static ObjectNode of(DemoResult result) {
    DemoResult.Flow flow = result.flow();
    ObjectNode json = NODES.objectNode();
    json.put("recordsIn", flow.recordsIn()).put("accepted", flow.accepted());
    json.set("rejected", counts(flow.rejected()));
    json.put("windows", flow.windows()).put("released", flow.released());
    json.put("continued", flow.continued());
    json.set("refused", counts(flow.refused()));
    json.set("newDomain", change(result.before().newDomain(), result.after().newDomain()));
    json.set("skills", skills(result.before(), result.after()));
    ObjectNode freshness = json.putObject("freshnessSeconds");
    freshness.set("p50", number(flow.freshnessP50Seconds()));
    freshness.set("p95", number(flow.freshnessP95Seconds()));
    ObjectNode stages = json.putObject("stageSeconds");
    flow.stageSeconds().forEach((stage, seconds) -> stages.set(stage, number(seconds)));
    json.set("firstReleaseSeconds", number(flow.firstReleaseSeconds()));
    json.set("wallSeconds", number(result.wallSeconds()));
    json.put("adapterFolder", result.adapterFolder().map(Object::toString).orElse(null));
    result.plain().ifPresent(plain -> json.set("plain", knowledge(plain)));
    return json;
  }

  private static ObjectNode counts(SortedMap<String, Long> counts) {
    ObjectNode node = NODES.objectNode();
    counts.forEach(node::put);
    return node;
  }

  private static ObjectNode skills(Knowledge before, Knowledge after) {
    ObjectNode node = NODES.objectNode();
    before.skills().forEach((name, share) -> node.set(name, change(share, after.skill(name))));
    return node;
  }

  private static ObjectNode change(double before, double after) {
    ObjectNode node = NODES.objectNode();
    node.set("before", number(before));
    node.set("after", number(after));
    return node;
  }

  private static ObjectNode knowledge(Knowledge knowledge) {
    ObjectNode node = NODES.objectNode();
    node.set("newDomain", number(knowledge.newDomain()));
    ObjectNode skills = node.putObject("skills");
    knowledge.skills().forEach((name, share) -> skills.set(name, number(share)));
    return node;
  }

  /** Four decimals are more than the measurements bear. */
  private static JsonNode number(double value) {
    return Double.isFinite(value)
        ? NODES.numberNode(Math.round(value * 1e4) / 1e4)
        : NODES.nullNode();
  }
}
