package io.alluvium.trainer.model.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.model.chat.jinja.JinjaException;
import io.alluvium.trainer.model.chat.jinja.JinjaTemplate;
import io.alluvium.trainer.model.check.BadModelFolderException;
import io.alluvium.trainer.model.tokenizer.ChatFiles;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A folder's chat template, ready to render. Safe from any thread. */
public final class ChatTemplate {
  private static final Map<String, Boolean> ASKING = Map.of("add_generation_prompt", true);
  private static final Map<String, Boolean> ASKING_NOTHING = Map.of("add_generation_prompt", false);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The day that Llama 3's own templates take where they are told none. */
  public static final LocalDate USUAL_DATE = LocalDate.of(2024, 7, 26);

  private final JinjaTemplate template;
  private final Map<String, String> tokens;
  private final AssistantSpans spans;

  private ChatTemplate(JinjaTemplate template, Map<String, String> tokens, AssistantSpans spans) {
    this.template = template;
    this.tokens = tokens;
    this.spans = spans;
  }

  /**
   * Reads a template and tries it on a question and an answer.
   *
   * @param date what {@code strftime_now} tells; training must not hang on the clock
   * @throws BadModelFolderException when it cannot be rendered
   */
  public static ChatTemplate open(ChatFiles.Source source, LocalDate date)
      throws BadModelFolderException {
    ChatTemplate opened =
        new ChatTemplate(
            new JinjaTemplate(source.template(), date.atStartOfDay()),
            source.tokens(),
            new AssistantSpans(source.endMarks()));
    try {
      opened.render(List.of(new Turn("user", "a"), new Turn("assistant", "b")), null);
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
   * blocks it is the content of the assistant's turns, as the template writes it, and the token
   * that ends the turn; of a turn with tool calls, all that the template writes for it. Turns of
   * weight 0 are not among it.
   *
   * @param tools what the template gets as {@code tools}; null for none
   * @throws UnrenderableChatException when the template refuses the conversation, or does not write
   *     the tools or tool calls of it
   */
  public RenderedChat render(List<Turn> turns, @Nullable JsonNode tools) {
    Chat chat = new Chat(turns, tools);
    chat.requireUnmarked();
    String text = text(chat, ASKING_NOTHING);
    requireWritten(chat, text);
    return template.marksGeneration()
        ? spans.ofBlocks(text, turns)
        : spans.ofAnswers(
            new AssistantSpans.Whole(text, turns),
            others -> text(new Chat(others, tools), ASKING_NOTHING),
            before -> text(new Chat(before, tools), ASKING));
  }

  /**
   * The prompt for the next answer of a conversation.
   *
   * @throws UnrenderableChatException when the template refuses the conversation
   */
  public String prompt(List<Turn> turns, @Nullable JsonNode tools) {
    Chat chat = new Chat(turns, tools);
    chat.requireUnmarked();
    String text = text(chat, ASKING);
    requireWritten(chat, text(chat, ASKING_NOTHING));
    return AssistantSpans.unmarked(text);
  }

  private record Chat(List<Turn> turns, @Nullable JsonNode tools) {
    /** Marks say what is learned, and nobody may write them. */
    void requireUnmarked() {
      boolean marked = tools != null && AssistantSpans.holdsMark(tools.toString());
      for (Turn turn : turns) {
        marked |= AssistantSpans.holdsMark(turn.content() + turn.fields());
      }
      if (marked) {
        throw new UnrenderableChatException(
            "a turn holds one of the noncharacters U+FDD1 and U+FDD2");
      }
    }

    Chat without(String field) {
      return new Chat(turns.stream().map(turn -> turn.without(field)).toList(), tools);
    }

    boolean has(String field) {
      return turns.stream().anyMatch(turn -> turn.fields().containsKey(field));
    }
  }

  /** A template that passes over tools would let the model learn to call what it cannot see. */
  private void requireWritten(Chat chat, String text) {
    if (chat.tools() != null && text.equals(text(new Chat(chat.turns(), null), ASKING_NOTHING))) {
      throw new UnrenderableChatException("the base's chat template does not write tools");
    }
    if (chat.has(Turn.TOOL_CALLS)
        && text.equals(text(chat.without(Turn.TOOL_CALLS), ASKING_NOTHING))) {
      throw new UnrenderableChatException("the base's chat template does not write tool_calls");
    }
  }

  private String text(Chat chat, Map<String, Boolean> asking) {
    Map<String, Object> variables = new HashMap<>(tokens);
    variables.putAll(asking);
    variables.put("messages", chat.turns().stream().map(ChatTemplate::message).toList());
    variables.put("tools", JSON.convertValue(chat.tools(), Object.class));
    variables.put("documents", null);
    try {
      return template.render(variables);
    } catch (JinjaException e) {
      throw new UnrenderableChatException(String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> message(Turn turn) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", turn.role());
    message.put("content", turn.content());
    turn.fields()
        .forEach((name, value) -> message.put(name, JSON.convertValue(value, Object.class)));
    return message;
  }
}
