package io.alluvium.cli.bench.forgetting.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OrdersTest {
  @Test
  void allOrdersOfThreeAreSix() {
    assertThat(Orders.possible(3, 24)).isEqualTo(6);
    assertThat(Orders.of(List.of("a", "b", "c"), 6))
        .doesNotHaveDuplicates()
        .startsWith(List.of("a", "b", "c"))
        .endsWith(List.of("c", "b", "a"))
        .hasSize(6);
  }

  @Test
  void fewOfManyAreSpread() {
    assertThat(Orders.possible(12, 24)).isEqualTo(24);
    List<List<Integer>> orders = Orders.of(List.of(1, 2, 3, 4, 5), 4);
    assertThat(orders).extracting(order -> order.get(0)).containsExactly(1, 2, 3, 4);
    assertThat(orders)
        .allSatisfy(order -> assertThat(order).containsExactlyInAnyOrder(1, 2, 3, 4, 5));
  }
}
