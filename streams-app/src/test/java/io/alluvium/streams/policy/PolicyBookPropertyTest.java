package io.alluvium.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.Policy;
import io.alluvium.streams.policy.document.PolicyForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PolicyBookPropertyTest {
  private static final PolicyForm FORM = new PolicyForm(Map.of());

  @Provide
  Arbitrary<List<Policy>> policies() {
    return Combinators.combine(Arbitraries.of("a", "b", "*"), Arbitraries.integers().between(0, 20))
        .as((adapter, from) -> new Object[] {adapter, from})
        .list()
        .ofMaxSize(12)
        .map(
            drawn ->
                IntStream.range(0, drawn.size())
                    .mapToObj(
                        i -> policy((String) drawn.get(i)[0], i + 1, (Integer) drawn.get(i)[1]))
                    .toList());
  }

  /** The slow way: filter, sort, take the first. */
  @Property
  void theHighestVersionThatIsEffectiveIsInForceInWhateverOrderTheyCame(
      @ForAll("policies") List<Policy> policies,
      @ForAll @IntRange(max = 25) int logTimeMs,
      @ForAll long seed) {
    List<Policy> shuffled = new ArrayList<>(policies);
    Collections.shuffle(shuffled, new Random(seed));
    PolicyBook book = new PolicyBook(FORM);
    shuffled.forEach(policy -> assertThat(book.take(policy)).isTrue());
    assertThat(book.of("a", logTimeMs).name()).isEqualTo(expected(policies, "a", logTimeMs));
  }

  private static String expected(List<Policy> policies, String adapter, long logTimeMs) {
    return List.of(adapter, PolicyBook.EVERYBODY).stream()
        .flatMap(
            name ->
                policies.stream()
                    .filter(one -> one.getAdapter().equals(name))
                    .filter(one -> one.getEffectiveFrom().toEpochMilli() <= logTimeMs)
                    .sorted(Comparator.comparingLong(Policy::getVersion).reversed()))
        .map(PolicyBook::key)
        .findFirst()
        .orElse("config");
  }

  @Example
  void aVersionNeverChanges() {
    PolicyBook book = new PolicyBook(FORM);
    book.take(policy("a", 1, 5));
    assertThat(book.take(policy("a", 1, 0))).isFalse();
    assertThat(book.of("a", 1).name()).isEqualTo("config");
    assertThat(book.of("a", 5).name()).isEqualTo("a@1");
  }

  @Example
  void thePastStaysAsItWas() {
    Policy backdated =
        Policy.newBuilder(policy("a", 1, 5)).setCreatedAt(Instant.ofEpochMilli(6)).build();
    assertThatThrownBy(() -> new PolicyBook(FORM).take(backdated))
        .hasMessageContaining("is before createdAt");
    assertThatThrownBy(() -> new PolicyBook(FORM).take(policy("a", 0, 5)))
        .hasMessage("version is 0, must be at least 1");
  }

  private static Policy policy(String adapter, long version, long fromMs) {
    return Policy.newBuilder()
        .setAdapter(adapter)
        .setVersion(version)
        .setEffectiveFrom(Instant.ofEpochMilli(fromMs))
        .setCreatedAt(Instant.EPOCH)
        .setAuthor("test")
        .setDocument("")
        .build();
  }
}
