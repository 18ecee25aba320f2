package io.alluvium.trainer.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.model.check.BadModelFolderException;
import io.alluvium.trainer.model.tokenizer.ChatFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Against templates.json: templates as models in use bring them, with what Jinja2 3.1.6 makes of
 * them under transformers' settings, and the parts of it that the assistant says.
 */
class ChatTemplateTest {
  private static final List<Turn> ASKED_ONCE =
      List.of(new Turn("user", "a"), new Turn("assistant", "b"));

  @TestFactory
  List<DynamicTest> knownTemplatesAreRenderedAsTransformersDo() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, JsonNode> model : facts().properties()) {
      for (JsonNode fact : model.getValue().path("cases")) {
        String name = model.getKey() + ", " + fact.path("messages").size() + " turns";
        tests.add(DynamicTest.dynamicTest(name, () -> check(model.getValue(), fact)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(10);
    return tests;
  }

  @Test
  void generationBlocksSayWhatIsLearned() throws IOException {
    String template =
        """
        {%- for message in messages %}
          {{- '<|' + message.role + '|>' }}
          {%- if message.role == 'assistant' %}
            {%- generation %}{{ message.content }}<|end|>{% endgeneration %}
          {%- else %}
            {{- message.content + '<|end|>' }}
          {%- endif %}
        {%- endfor %}
        """;
    RenderedChat chat = open(template, List.of()).render(ASKED_ONCE, null);
    assertThat(chat.text()).isEqualTo("<|user|>a<|end|><|assistant|>b<|end|>");
    assertThat(spoken(chat)).containsExactly("b<|end|>");
  }

  @Test
  void withoutASpecialTokenAnAnswerEndsWithItsContent() throws IOException {
    String template = "{% for m in messages %}[{{ m.role }}] {{ m.content }}\n{% endfor %}";
    RenderedChat chat = open(template, List.of("<eos>")).render(ASKED_ONCE, null);
    assertThat(chat.text()).isEqualTo("[user] a\n[assistant] b\n");
    assertThat(spoken(chat)).containsExactly("b");
  }

  @Test
  void whatATemplateRaisesIsSaid() throws IOException {
    ChatTemplate gemma = open(facts().path("gemma"));
    assertThatThrownBy(() -> gemma.render(List.of(new Turn("assistant", "b")), null))
        .isInstanceOf(UnrenderableChatException.class)
        .hasMessageContaining("roles must alternate")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aTemplateThatDropsAnAnswerIsRefused() {
    String template =
        "{% for m in messages %}{% if not loop.last %}{{ m.content }}{% endif %}{% endfor %}";
    assertThatThrownBy(() -> open(template, List.of()))
        .isInstanceOf(BadModelFolderException.class)
        .hasMessageContaining("x.jinja: chat template cannot be rendered")
        .hasMessageContaining("0 of 1 assistant turns");
  }

  @Test
  void aTemplateThatIsNoneIsRefusedWithItsFile() {
    assertThatThrownBy(() -> open("{% for m in %}", List.of()))
        .isInstanceOf(BadModelFolderException.class)
        .hasMessageContaining("x.jinja")
        .hasMessageNotContaining("\n");
  }

  @Test
  void textThatPosesAsAMarkIsRefused() throws IOException {
    ChatTemplate template = open("{% for m in messages %}{{ m.content }}{% endfor %}", List.of());
    assertThatThrownBy(() -> template.render(List.of(new Turn("user", "\uFDD1")), null))
        .hasMessageContaining("noncharacters");
    JsonNode marked = new ObjectMapper().createArrayNode().add("a\uFDD1b\uFDD2");
    Turn calling = new Turn("assistant", "", 1, Map.of(Turn.TOOL_CALLS, marked));
    assertThatThrownBy(() -> template.render(List.of(new Turn("user", "a"), calling), null))
        .hasMessageContaining("noncharacters");
    assertThatThrownBy(() -> template.prompt(List.of(new Turn("user", "a")), marked))
        .hasMessageContaining("noncharacters");
  }

  private static void check(JsonNode model, JsonNode fact) throws IOException {
    List<Turn> turns = new ArrayList<>();
    fact.path("messages")
        .forEach(m -> turns.add(new Turn(m.path("role").asText(), m.path("content").asText())));
    RenderedChat chat = open(model).render(turns, null);
    assertThat(chat.text()).isEqualTo(fact.path("text").asText());
    assertThat(spoken(chat)).isEqualTo(texts(fact.path("spoken")));
  }

  private static List<String> spoken(RenderedChat chat) {
    return chat.spoken().stream().map(s -> chat.text().substring(s.from(), s.to())).toList();
  }

  private static ChatTemplate open(JsonNode model) throws IOException {
    Map<String, String> tokens =
        Map.of(
            "bos_token", model.path("bos_token").asText(),
            "eos_token", model.path("eos_token").asText());
    return ChatTemplate.open(
        new ChatFiles.Source(
            Path.of("x.jinja"),
            model.path("template").asText(),
            tokens,
            texts(model.path("special"))),
        ChatTemplate.USUAL_DATE);
  }

  private static ChatTemplate open(String template, List<String> special) throws IOException {
    return ChatTemplate.open(
        new ChatFiles.Source(Path.of("x.jinja"), template, Map.of(), special),
        ChatTemplate.USUAL_DATE);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static JsonNode facts() throws IOException {
    try (InputStream in = ChatTemplateTest.class.getResourceAsStream("templates.json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
