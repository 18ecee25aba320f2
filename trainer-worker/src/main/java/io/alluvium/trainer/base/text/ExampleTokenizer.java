package io.alluvium.trainer.base.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.base.chat.ChatTemplate;
import io.alluvium.trainer.base.chat.RenderedChat;
import io.alluvium.trainer.base.chat.UnrenderableChatException;
import io.alluvium.trainer.base.folder.ChatFiles;
import io.alluvium.trainer.base.folder.HfFolder;
import io.alluvium.trainer.base.folder.config.BadModelFolderException;
import io.alluvium.trainer.base.folder.config.DecoderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder's tokenizer with truncation, padding and its own special tokens off: the ids that
 * begin and end a text are added here, the same way for every model.
 */
public final class ExampleTokenizer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");

  private final HuggingFaceTokenizer tokenizer;
  private final DecoderConfig config;
  private final int[] begin;
  private final int[] end;
  private final @Nullable ChatTemplate template;

  private ExampleTokenizer(
      HuggingFaceTokenizer tokenizer, HfFolder folder, @Nullable ChatTemplate template)
      throws IOException {
    this.tokenizer = tokenizer;
    this.config = folder.config();
    this.template = template;
    boolean beginsWithBos = beginsWithBos(folder.path());
    this.begin = ids(beginsWithBos ? config.bosId() : null);
    this.end = ids(config.eosIds().isEmpty() ? null : config.eosIds().get(0));
  }

  /**
   * Opens tokenizer.json and the chat template, if the folder has one.
   *
   * @throws BadModelFolderException when either cannot be used
   */
  public static ExampleTokenizer open(HfFolder folder) throws IOException {
    Path file = folder.path().resolve("tokenizer.json");
    Optional<ChatFiles.Source> chat = ChatFiles.read(folder.path());
    ChatTemplate template = chat.isEmpty() ? null : ChatTemplate.open(chat.get());
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
        return encode(template.render(conversation.turns()));
      }
      return encode(conversation.plain());
    }
    ExampleText.Completion completion = (ExampleText.Completion) text;
    return encode(completion.prompt(), completion.completion());
  }

  /**
   * Encodes a prompt and its answer: begin token + prompt and completion as one text + end token.
   * The response starts where these ids first differ from those of the prompt alone.
   */
  public TokenSequence encode(String prompt, String completion) {
    int[] ids = join(begin, plain(prompt + completion), end);
    int same = Arrays.mismatch(ids, encodePrompt(prompt));
    return new TokenSequence(ids, Math.max(1, same < 0 ? ids.length - 1 : same));
  }

  /** Begin token + prompt, ready to be continued. */
  public int[] encodePrompt(String prompt) {
    return join(begin, plain(prompt), new int[0]);
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

  private static int[] ids(@Nullable Integer id) {
    return id == null ? new int[0] : new int[] {id};
  }

  /** A tokenizer that declares {@code add_bos_token: false} was trained without one. */
  private static boolean beginsWithBos(Path folder) throws IOException {
    Path file = folder.resolve("tokenizer_config.json");
    return !Files.isRegularFile(file)
        || JSON.readTree(file.toFile()).path("add_bos_token").asBoolean(true);
  }
}
