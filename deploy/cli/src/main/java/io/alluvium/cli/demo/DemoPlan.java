package io.alluvium.cli.demo;

import io.alluvium.cli.demo.domain.DomainSize;
import io.alluvium.cli.demo.domain.SupportDomain;
import io.alluvium.cli.local.LocalSystem;
import io.alluvium.cli.local.plan.MetricsPorts;
import io.alluvium.cli.local.plan.ModelPlan;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a demo does.
 *
 * @param seed of everything that is drawn
 * @param questions good records in the stream
 * @param perSecond pace of the stream
 * @param model base and suites
 * @param overrides further settings of the programs
 */
record DemoPlan(
    long seed, int questions, double perSecond, ModelPlan model, Map<String, String> overrides) {
  static final String ADAPTER = "support";

  private static final int LIMIT_CHARACTERS = 200;

  SupportDomain domain() {
    return new SupportDomain(seed, DomainSize.of(questions, LIMIT_CHARACTERS));
  }

  /**
   * Everything runs with its defaults but for the length limit, which the planted faults exceed,
   * and for how long a record may wait for a window: this stream ends, and its last records with
   * it.
   */
  LocalSystem.Request request() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("streams.admit.maxCharacters", Integer.toString(LIMIT_CHARACTERS));
    settings.put("trainer.window.longest.age", "PT30S");
    settings.putAll(overrides);
    MetricsPorts free = MetricsPorts.free();
    return new LocalSystem.Request("", free, model, settings);
  }
}
