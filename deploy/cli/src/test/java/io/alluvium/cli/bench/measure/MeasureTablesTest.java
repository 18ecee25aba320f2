package io.alluvium.cli.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTablesTest {
  @Test
  void eachKindOfRowBeginsWithTheNamesOfItsFields() throws Exception {
    List<String> lines =
        MeasureTables.of(
            new ObjectMapper()
                .readTree(
                    """
                    [{"measure": "rule", "rule": "secrets", "found": 3, "recall": 0.75},
                     {"measure": "rule", "rule": "suites", "found": 4, "recall": 1.0},
                     {"measure": "drift", "domain": "roman", "delay": null},
                     {"measure": "file", "records": 40, "fate": "admitted"}]
                    """));
    assertThat(lines)
        .containsExactly(
            "",
            "rule                          found         recall",
            "secrets                           3         0.7500",
            "suites                            4         1.0000",
            "",
            "domain                        delay",
            "roman                             -",
            "",
            "      records  fate",
            "           40  admitted");
  }
}
