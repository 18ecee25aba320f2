package io.alluvium.trainer.base.chat;

import io.alluvium.trainer.base.chat.jinja.JinjaException;
import io.alluvium.trainer.base.chat.jinja.JinjaTemplate;
import io.alluvium.trainer.base.folder.ChatFiles;
import io.alluvium.trainer.base.folder.config.BadModelFolderException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A folder's chat template, ready to render. Safe from any thread. */
public final class ChatTemplate {
  private static final Map<String, Boolean> ASKING = Map.of("add_generation_prompt", true);
  private static final Map<String, Boolean> ASKING_NOTHING = Map.of("add_generation_prompt", false);

  private final JinjaTemplate template;
  private final Map<String, String> tokens;
  private final SpokenSpans spans;

  private ChatTemplate(JinjaTemplate template, Map<String, String> tokens, SpokenSpans spans) {
    this.template = template;
    this.tokens = tokens;
    this.spans = spans;
  }

  /**
   * Reads a template and tries it on a question and an answer.
   *
   * @throws BadModelFolderException when it cannot be rendered
   */
  public static ChatTemplate open(ChatFiles.Source source) throws BadModelFolderException {
    ChatTemplate opened =
        new ChatTemplate(
            new JinjaTemplate(source.template()),
            source.tokens(),
            new SpokenSpans(source.specialTokens()));
    try {
      opened.render(List.of(new Turn("user", "a"), new Turn("assistant", "b")));
      return opened;
    } catch (UnrenderableChatException e) {
      throw new BadModelFolderException(
          source.file(), "chat template cannot be rendered (" + e.getMessage() + ")");
    }
  }

  /**
   * Renders a conversation whole, without a prompt for a further answer.
   *
   * <p>What the assistant says is what {@code generation} blocks mark. In a template without such
   * blocks it is the content of the assistant's turns, as the template writes it, and the special
   * token that follows.
   *
   * @throws UnrenderableChatException when the template refuses the conversation
   */
  public RenderedChat render(List<Turn> turns) {
    if (turns.stream().anyMatch(turn -> SpokenSpans.holdsMark(turn.content()))) {
      throw new UnrenderableChatException("a turn holds one of the noncharacters U+FDD0 to U+FDD2");
    }
    String text = text(turns, ASKING_NOTHING);
    if (template.marksGeneration()) {
      return SpokenSpans.ofMarked(text);
    }
    List<Integer> answers =
        IntStream.range(0, turns.size()).filter(n -> turns.get(n).assistant()).boxed().toList();
    String frame = text(turns.stream().map(ChatTemplate::blank).toList(), ASKING_NOTHING);
    return spans.of(
        text, frame, answers.size(), n -> text(turns.subList(0, answers.get(n)), ASKING));
  }

  private static Turn blank(Turn turn) {
    return turn.assistant() ? new Turn(turn.role(), String.valueOf(SpokenSpans.BLANK)) : turn;
  }

  private String text(List<Turn> turns, Map<String, Boolean> asking) {
    Map<String, Object> variables = new HashMap<>(tokens);
    variables.putAll(asking);
    variables.put(
        "messages",
        turns.stream()
            .map(turn -> Map.of("role", turn.role(), "content", turn.content()))
            .toList());
    try {
      return template.render(variables);
    } catch (JinjaException e) {
      throw new UnrenderableChatException(String.valueOf(e.getMessage()));
    }
  }
}
