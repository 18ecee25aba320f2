package io.alluvium.trainer.model.chat.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against facts.json, which facts.py beside it makes with Jinja2 itself; and at the limits. */
class JinjaTemplateTest {
  private static final LocalDateTime NOW = LocalDateTime.of(2024, 7, 26, 13, 5, 9);

  @TestFactory
  List<DynamicTest> snippetsGiveWhatJinja2Gives() throws IOException {
    JsonNode facts = facts();
    Map<String, Object> data = variables(facts.path("data"));
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode fact : facts.path("snippets")) {
      String template = fact.path("template").asText();
      tests.add(
          DynamicTest.dynamicTest(
              template.isBlank() ? "blank" : template, () -> check(template, data, fact)));
    }
    assertThat(tests).hasSizeGreaterThan(800);
    return tests;
  }

  @TestFactory
  List<DynamicTest> templatesInUseGiveWhatJinja2Gives() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode shape : facts().path("shapes")) {
      String template = shape.path("template").asText();
      for (JsonNode fact : shape.path("cases")) {
        tests.add(
            DynamicTest.dynamicTest(
                shape.path("name").asText() + " " + tests.size(),
                () -> check(template, variables(fact.path("variables")), fact)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(75);
    return tests;
  }

  @Test
  void valuesOfJavaAreTakenAsThoseOfJson() {
    Map<String, Object> nested = new LinkedHashMap<>();
    nested.put("z", 1);
    nested.put("a", Arrays.asList(2L, 2.5, true, null, "x"));
    assertThat(render("{{ v }}{{ v.z + 1 }}{{ w }}", Map.of("v", nested, "w", List.of())))
        .isEqualTo("{'z': 1, 'a': [2, 2.5, True, None, 'x']}2[]");
  }

  @Test
  void whatIsNoValueOfATemplateIsRefused() {
    assertThatThrownBy(() -> render("{{ v }}", Map.of("v", new StringBuilder())))
        .isInstanceOf(JinjaException.class)
        .hasMessageContaining("StringBuilder");
  }

  @Test
  void itKnowsWhetherItMarksGeneration() {
    assertThat(new JinjaTemplate("{%- generation -%}a{%- endgeneration -%}", NOW).marksGeneration())
        .isTrue();
    assertThat(new JinjaTemplate("{# {% generation %} #}a", NOW).marksGeneration()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\n\n{{ 1|nofilter }}",
        "a\n\n{% if n is notest %}{% endif %}",
        "a\n\n{{ nofunction() }}",
        "a\n\n{{ 'x'.nomethod() }}",
        "a\n\n{% nostatement %}",
        "a\n\n{{ n.append }}{{ [].append(1) }}",
        "a\n\n{% include 'other' %}",
        "a\n\n{{ 'x'.encode() }}",
        "a\n\n{{ 'x'|pprint }}",
        "a\n\n{{ n\n + 'x' }}"
      })
  void errorsNameTheLineAndWhatIsWrong(String template) {
    assertThatThrownBy(() -> render(template, Map.of("n", 1)))
        .isInstanceOf(JinjaException.class)
        .hasMessageMatching("line [34]: .+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m(x) %}{% for i in [1] %}{% if x %}{{ m([x]) }}{% endif %}{% endfor %}{% endmacro %}{{ m(1) }}",
        "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{% for i in range(100000) %}{{ 'x' * 1000 }}{% endfor %}",
        "{{ 'x' * 10 ** 9 }}",
        "{{ ([0] * 10 ** 9)|length }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ 'x'.center(2000000000) }}",
        "{{ 'x'|indent(1000000000) }}",
        "{{ [1]|tojson(indent=1000000000) }}",
        "{{ 9 ** 99999 }}",
        "{% set ns = namespace(s='xx') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
        "{% set ns = namespace(s=[1]) %}{% for i in range(99) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s }}",
        "{% set ns = namespace(s=[]) %}{% for i in range(90000) %}{% set ns.s = [ns.s] %}{% endfor %}{{ ns.s }}",
        "{% set ns = namespace(s=[]) %}{% for i in range(90000) %}{% set ns.s = ns.s + ['x' * 1000000] %}{% endfor %}"
      })
  void whatHasNoEndEndsWithAnError(String template) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Runnable work = () -> render(template, Map.of());
    Thread small = new Thread(null, work, "small stack", 512 << 10);
    small.setUncaughtExceptionHandler((thread, error) -> thrown.set(error));
    small.start();
    small.join();
    assertThat(thrown.get())
        .isInstanceOf(JinjaException.class)
        .hasMessageStartingWith("line 1: ")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(", "[", "{1:", "not ", "-", "f(", "1 if 1 else ", "a[", "1 + ", "x|e|", "(1 + "})
  void whatIsNestedWithoutEndEndsWithAnError(String open) {
    String template = "{{ " + open.repeat(5000);
    assertThatThrownBy(() -> render(template, Map.of())).isInstanceOf(JinjaException.class);
    assertThatThrownBy(() -> render("{% if 1 %}".repeat(5000), Map.of()))
        .isInstanceOf(JinjaException.class);
  }

  @Test
  void aLongChainOfOperatorsIsNoOverflow() {
    assertThatThrownBy(() -> render("{{ 1" + " + 1".repeat(50_000) + " }}", Map.of()))
        .isInstanceOf(JinjaException.class)
        .hasMessageContaining("deep");
    assertThat(render("{{ 1" + " + 1".repeat(99) + " }}", Map.of())).isEqualTo("100");
  }

  @Test
  void aLongConversationIsRendered() {
    List<Map<String, String>> messages =
        IntStream.range(0, 20_000)
            .mapToObj(n -> Map.of("role", n % 2 == 0 ? "user" : "assistant", "content", "c" + n))
            .toList();
    String template =
        "{% for m in messages %}<{{ m.role }}>{{ m['content']|trim }}{% if not loop.last %}\n\n"
            + "{% endif %}{% endfor %}";
    assertThat(render(template, Map.of("messages", messages)).lines()).hasSize(20_000);
  }

  @Test
  void oneTemplateIsRenderedByManyThreads() {
    JinjaTemplate template =
        new JinjaTemplate(
            "{% macro m(x) %}[{{ x }}]{% endmacro %}{% set ns = namespace(t='') %}"
                + "{% for i in range(n) %}{% set ns.t = ns.t ~ m(i) %}{% endfor %}{{ ns.t }}",
            NOW);
    List<String> texts =
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(n -> template.render(Map.of("n", n % 7)))
            .toList();
    for (int n = 0; n < 200; n++) {
      assertThat(texts.get(n)).hasSize(3 * (n % 7));
    }
  }

  private static void check(String template, Map<String, Object> variables, JsonNode fact) {
    if (fact.has("text")) {
      assertThat(render(template, variables)).isEqualTo(fact.path("text").asText());
    } else {
      assertThatThrownBy(() -> render(template, variables))
          .isInstanceOf(JinjaException.class)
          .hasMessageNotContaining("\n")
          .satisfies(error -> raised(error, fact));
    }
  }

  private static void raised(Throwable error, JsonNode fact) {
    if (fact.path("error").asText().equals("raised")) {
      assertThat(error).hasMessage(fact.path("message").asText().replace('\n', ' '));
    } else {
      assertThat(error).hasMessageMatching("line \\d+: .+");
    }
  }

  private static String render(String template, Map<String, ?> variables) {
    return new JinjaTemplate(template, NOW).render(variables);
  }

  private static Map<String, Object> variables(JsonNode object) {
    Map<String, Object> variables = new HashMap<>();
    object.properties().forEach(field -> variables.put(field.getKey(), field.getValue()));
    return variables;
  }

  private static JsonNode facts() throws IOException {
    try (InputStream in = JinjaTemplateTest.class.getResourceAsStream("facts.json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
