package io.alluvium.trainer.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.bench.work.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which op belongs where, and that nested time is counted once. */
class OpGroupsTest {
  private final OpGroups groups = new OpGroups(Workload.random("small").model(), 8);

  @TempDir Path folder;

  @Test
  void opsAreToldByNameAndSizes() {
    assertThat(groups.group("aten::mm", "[[2048,512],[512,1408]]")).isEqualTo("projections");
    assertThat(groups.group("aten::mm", "[[2048,512],[512,24]]")).isEqualTo("LoRA");
    assertThat(groups.group("aten::addmm_", "[[2048,512],[2048,8],[8,512]]")).isEqualTo("LoRA");
    assertThat(groups.group("aten::mm", "[[256,512],[512,8192]]")).isEqualTo("head + loss");
    assertThat(groups.group("aten::silu_backward", "[[2048,1408],[2048,1408]]"))
        .isEqualTo("activation");
    assertThat(groups.group("aten::mul", "[[2048,512],[2048,1]]")).isEqualTo("norms + residual");
    assertThat(groups.group("aten::mul", "[[2048,8,64],[2048,1,64]]")).isEqualTo("attention");
    assertThat(groups.group("aten::_fused_adamw_", "[]")).isEqualTo("optimiser");
    assertThat(groups.group("aten::index_select", "[[40]]")).isEqualTo("data + bookkeeping");
  }

  @Test
  void anOpsOwnTimeIsWithoutThatOfTheOpsWithin() throws Exception {
    Path trace = folder.resolve("trace.json");
    Files.writeString(
        trace,
        """
        [
        {"name": "step", "ph": "X", "ts": 0.0, "dur": 5000.0, "shape": []},
        {"name": "aten::mm", "ph": "X", "ts": 1000.0, "dur": 3000.0, "shape": [[2048, 512], [512, 512]]},
        """);
    assertThat(groups.of(trace)).isEqualTo(Map.of("data + bookkeeping", 2.0, "projections", 3.0));
  }
}
