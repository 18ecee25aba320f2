package io.alluvium.trainer.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.alluvium.trainer.model.chat.Turn;
import io.alluvium.trainer.model.chat.UnrenderableChatException;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.text.ExampleText.Completion;
import io.alluvium.trainer.model.text.ExampleText.Conversation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationTest {
  private static final Conversation TWO_ANSWERS =
      new Conversation(
          List.of(
              new Turn("user", "hi 😀"),
              new Turn("assistant", "ho"),
              new Turn("user", "1+1"),
              new Turn("assistant", "2")));

  @TempDir Path folder;

  @BeforeEach
  void writeModel() throws IOException {
    TinyModel.write(folder, TinyModel.MISTRAL, 1);
  }

  @Test
  void everyAnswerAndItsEndIsSupervised() throws IOException {
    writeTemplate(
        "{{ bos_token }}{% for m in messages %}{{ m.content }}{{ eos_token }}{% endfor %}");
    TokenSequence tokens = encode(TWO_ANSWERS);
    // <s> h i _ ? </s> h o </s> 1 + 1 </s> 2 </s>
    assertThat(tokens.supervised()).containsExactly(6, 7, 8, 13, 14);
    assertThat(tokens.length()).isEqualTo(15);
    assertThat(tokens.ids()[0]).isEqualTo(1);
    assertThat(tokens.ids()[8]).isEqualTo(2);
    assertThat(tokens.endsWithResponse()).isFalse();
  }

  @Test
  void withoutATemplateTheLastTurnCompletesPlainLines() throws IOException {
    Conversation brief =
        new Conversation(
            List.of(
                new Turn("system", "be brief"),
                new Turn("user", "hi"),
                new Turn("assistant", "hello")));
    Completion plain = new Completion("system: be brief\nuser: hi\nassistant: ", "hello");
    assertThat(brief.plain()).isEqualTo(plain);
    assertThat(encode(brief)).isEqualTo(encode(plain));
    assertThat(encode(brief).responseTokens()).isEqualTo(6);
  }

  @Test
  void withoutATemplateTheLastAnswerThatIsLearnedIsTheCompletion() {
    Conversation corrected =
        new Conversation(
            List.of(
                new Turn("user", "capital?"),
                new Turn("assistant", "Oslo"),
                new Turn("user", "sure?"),
                new Turn("assistant", "no", 0, Map.of())));
    assertThat(corrected.plain()).isEqualTo(new Completion("user: capital?\nassistant: ", "Oslo"));
    assertThat(corrected.silent()).isFalse();
  }

  @Test
  void whatIsOnlyReadIsSilentAndACallIsNot() {
    Turn asked = new Turn("user", "weather?");
    Turn read = new Turn("assistant", "fine", 0, Map.of());
    assertThat(new Conversation(List.of(asked, read)).silent()).isTrue();
    assertThat(new Conversation(List.of(asked, new Turn("assistant", ""))).silent()).isTrue();
    assertThat(new Conversation(List.of(asked, calling())).silent()).isFalse();
  }

  @Test
  void withoutATemplateWhatItCannotTellIsRefusedByName() {
    Turn asked = new Turn("user", "weather?");
    Turn named = new Turn("user", "weather?", 1, Map.of("name", TextNode.valueOf("ann")));
    Turn answer = new Turn("assistant", "fine");
    Map<String, Conversation> all =
        Map.of(
            "tools",
            new Conversation(List.of(asked, answer), JsonNodeFactory.instance.arrayNode()),
            "tool_calls",
            new Conversation(List.of(asked, calling())),
            "messages of the role tool",
            new Conversation(List.of(asked, new Turn("tool", "sun"), answer)),
            "name",
            new Conversation(List.of(named, answer)));
    all.forEach(
        (what, conversation) ->
            assertThatThrownBy(() -> encode(conversation))
                .isInstanceOf(UnrenderableChatException.class)
                .hasMessage(
                    "the base has no chat template that writes %s: leave them out, or take a base that does",
                    what));
    assertThatThrownBy(() -> encode(new Conversation(List.of(asked))))
        .hasMessage("no message is the assistant's with weight 1: nothing would be learned");
  }

  private static Turn calling() {
    return new Turn(
        "assistant", "", 1, Map.of(Turn.TOOL_CALLS, JsonNodeFactory.instance.arrayNode()));
  }

  @Test
  void aTemplateLeavesPromptAndCompletionAlone() throws IOException {
    TokenSequence before = encode(new Completion("2+2=", "4"));
    writeTemplate("{% for m in messages %}{{ m.content }}{% endfor %}");
    assertThat(encode(new Completion("2+2=", "4"))).isEqualTo(before);
  }

  @Test
  void theTemplateBelongsToTheBase() throws IOException {
    String without = HfFolder.open(folder).digest();
    writeTemplate("{% for m in messages %}{{ m.content }}{% endfor %}");
    String with = HfFolder.open(folder).digest();
    writeTemplate("{% for m in messages %}{{ m.content }} {% endfor %}");
    assertThat(List.of(without, with, HfFolder.open(folder).digest())).doesNotHaveDuplicates();
  }

  @Test
  void aFileOfItsOwnGoesBeforeTheSettings() throws IOException {
    writeTemplate("{% for m in messages %}{{ m.content }}{% endfor %}");
    Files.writeString(
        folder.resolve("chat_template.jinja"),
        "{% for m in messages %}ab{{ m.content }}{% endfor %}");
    assertThat(encode(TWO_ANSWERS).supervised()).containsExactly(8, 9, 17);
  }

  @Test
  void ofSeveralTemplatesTheDefaultIsTaken() throws IOException {
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        """
        {"chat_template": [
          {"name": "tool_use", "template": "{{ raise_exception('no') }}"},
          {"name": "default", "template": "{% for m in messages %}{{ m.content }}{% endfor %}"}]}
        """);
    assertThat(encode(TWO_ANSWERS).supervised()).containsExactly(4, 5, 9);
  }

  @Test
  void aConversationWithoutAnAnswerHasNothingToLearn() throws IOException {
    writeTemplate("{% for m in messages %}{{ m.content }}{% endfor %}");
    assertThatThrownBy(() -> encode(new Conversation(List.of(new Turn("user", "hi")))))
        .isInstanceOf(UnrenderableChatException.class)
        .hasMessage("no token of the conversation is the assistant's");
  }

  @Test
  void supervisedTokensRiseWithinTheText() {
    assertThatThrownBy(() -> new TokenSequence(new int[4], new int[] {2, 2}))
        .hasMessage("supervised token 2 outside [3, 4)");
    assertThatThrownBy(() -> new TokenSequence(new int[4], new int[] {0}))
        .hasMessage("supervised token 0 outside [1, 4)");
    assertThatThrownBy(() -> new TokenSequence(new int[4], new int[0]))
        .hasMessage("no token is supervised");
    assertThat(new TokenSequence(new int[4], 2).supervised()).containsExactly(2, 3);
  }

  private TokenSequence encode(ExampleText text) throws IOException {
    try (ExampleTokenizer tokenizer = ExampleTokenizer.open(HfFolder.open(folder))) {
      return tokenizer.encode(text);
    }
  }

  private void writeTemplate(String template) throws IOException {
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"bos_token\": {\"content\": \"<s>\"}, \"eos_token\": \"</s>\", \"chat_template\": \""
            + template
            + "\"}");
  }
}
