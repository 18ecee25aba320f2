package io.alluvium.trainer.model.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.alluvium.trainer.model.chat.ChatTemplate;
import io.alluvium.trainer.model.chat.RenderedChat;
import io.alluvium.trainer.model.chat.UnrenderableChatException;
import io.alluvium.trainer.model.check.BadModelFolderException;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.tokenizer.ChatFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder's tokenizer with truncation and padding off. What its post-processor puts around a
 * text stands around a prompt and its completion, and the end token follows.
 */
public final class ExampleTokenizer implements AutoCloseable {
  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");

  /** Any text that becomes a token: what stands around it is the post-processor's. */
  private static final String PROBE = "a";

  private final HuggingFaceTokenizer tokenizer;
  private final DecoderConfig config;
  private final int[] begin;
  private final int[] end;
  private final @Nullable ChatTemplate template;

  private ExampleTokenizer(
      HuggingFaceTokenizer tokenizer, HfFolder folder, @Nullable ChatTemplate template) {
    this.tokenizer = tokenizer;
    this.config = folder.config();
    this.template = template;
    int[] around = ids(tokenizer.encode(PROBE, true, false));
    int text = ids(tokenizer.encode(PROBE, false, false)).length;
    long[] added = tokenizer.encode(PROBE, true, false).getSpecialTokenMask();
    int from = 0;
    while (from < added.length && added[from] == 1 && from + text < around.length) {
      from++;
    }
    this.begin = Arrays.copyOf(around, from);
    int[] suffix = Arrays.copyOfRange(around, from + text, around.length);
    this.end = ended(suffix, config.eosIds());
  }

  /** What a text ends with: what the post-processor writes, and the end token if it is not that. */
  private static int[] ended(int[] suffix, List<Integer> eosIds) {
    boolean ends = suffix.length > 0 && eosIds.contains(suffix[suffix.length - 1]);
    return eosIds.isEmpty() || ends ? suffix : join(suffix, new int[] {eosIds.get(0)}, new int[0]);
  }

  /**
   * Opens tokenizer.json and the chat template, if the folder has one.
   *
   * @throws BadModelFolderException when either cannot be used
   */
  public static ExampleTokenizer open(HfFolder folder) throws IOException {
    return open(folder, ChatTemplate.USUAL_DATE);
  }

  /**
   * The same with another day.
   *
   * @param date what the template's {@code strftime_now} tells
   * @throws BadModelFolderException when either cannot be used
   */
  public static ExampleTokenizer open(HfFolder folder, LocalDate date) throws IOException {
    Path file = folder.path().resolve("tokenizer.json");
    Optional<ChatFiles.Source> chat = ChatFiles.read(folder.path(), folder.tokens());
    ChatTemplate template = chat.isEmpty() ? null : ChatTemplate.open(chat.get(), date);
    try {
      return new ExampleTokenizer(
          HuggingFaceTokenizer.newInstance(file, OPTIONS), folder, template);
    } catch (RuntimeException e) {
      throw new BadModelFolderException(file, "not a tokenizer (" + e.getMessage() + ")");
    }
  }

  /**
   * Encodes an example. A conversation is written by the folder's chat template, and all that the
   * assistant says in it is supervised; without a template it becomes a prompt and a completion.
   *
   * @throws UnrenderableChatException when the template does not take the conversation
   */
  public TokenSequence encode(ExampleText text) {
    if (text instanceof ExampleText.Conversation conversation) {
      if (template != null) {
        return encode(template.render(conversation.turns(), conversation.tools()));
      }
      return encode(conversation.plain());
    }
    ExampleText.Completion completion = (ExampleText.Completion) text;
    return encode(completion.prompt(), completion.completion());
  }

  /**
   * Encodes a prompt and its answer: what begins a text + prompt and completion as one text + what
   * ends it. The response starts where these ids first differ from those of the prompt alone.
   */
  public TokenSequence encode(String prompt, String completion) {
    int[] ids = join(begin, plain(prompt + completion), end);
    int same = Arrays.mismatch(ids, encodePrompt(prompt));
    return new TokenSequence(ids, Math.max(1, same < 0 ? ids.length - 1 : same));
  }

  /** What begins a text + prompt, ready to be continued. */
  public int[] encodePrompt(String prompt) {
    return join(begin, plain(prompt), new int[0]);
  }

  /**
   * The prompt for the next answer of a conversation, as the folder's chat template writes it.
   *
   * @throws UnrenderableChatException when the folder has no template or it does not take the
   *     conversation
   */
  public int[] encodePrompt(ExampleText.Conversation conversation) {
    if (template == null) {
      throw new UnrenderableChatException("the base has no chat template");
    }
    return plain(template.prompt(conversation.turns(), conversation.tools()));
  }

  /** Whether the folder has a chat template. */
  public boolean chats() {
    return template != null;
  }

  /** Text of ids, without special tokens. */
  public String decode(int[] ids) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), true);
  }

  /** Longest text the model was made for, tokens. */
  public int maxPositions() {
    return config.maxPositions();
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  /** A template writes begin and end tokens itself. */
  private TokenSequence encode(RenderedChat chat) {
    Encoding encoding = tokenizer.encode(chat.text(), false, false);
    int[] supervised = TokenSpans.of(chat.text(), encoding.getCharTokenSpans()).spoken(chat);
    if (supervised.length == 0) {
      throw new UnrenderableChatException("no token of the conversation is the assistant's");
    }
    return new TokenSequence(ids(encoding), supervised);
  }

  private static int[] ids(Encoding encoding) {
    return Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
  }

  private int[] plain(String text) {
    if (text.isEmpty()) {
      return new int[0];
    }
    return ids(tokenizer.encode(text, false, false));
  }

  private static int[] join(int[] first, int[] second, int[] third) {
    int[] all = Arrays.copyOf(first, first.length + second.length + third.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    System.arraycopy(third, 0, all, first.length + second.length, third.length);
    return all;
  }
}
