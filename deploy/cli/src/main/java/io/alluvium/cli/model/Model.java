package io.alluvium.cli.model;

import io.alluvium.cli.terminal.CommandException;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.PeftFolder;
import io.alluvium.trainer.dataset.ItemMaker;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.Scores;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.decoder.options.GenerationOptions;
import io.alluvium.trainer.model.chat.ChatTemplate;
import io.alluvium.trainer.model.chat.Turn;
import io.alluvium.trainer.model.chat.UnrenderableChatException;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.text.ExampleText;
import io.alluvium.trainer.model.text.ExampleTokenizer;
import io.alluvium.trainer.model.text.TokenSequence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A base model with its tokenizer, and with an adapter where one was given. One thread at a time.
 */
public final class Model implements AutoCloseable {
  private final HfFolder folder;
  private final ExampleTokenizer tokenizer;
  private final Decoder decoder;

  private Model(HfFolder folder, ExampleTokenizer tokenizer, Decoder decoder) {
    this.folder = folder;
    this.tokenizer = tokenizer;
    this.decoder = decoder;
  }

  /**
   * Opens a folder in Hugging Face layout.
   *
   * @param base the folder
   * @param threads threads of one tensor operation
   * @throws CommandException (usage) naming file, field and remedy when it cannot serve
   */
  public static Model open(Path base, int threads) {
    return open(base, threads, ChatTemplate.USUAL_DATE);
  }

  /**
   * The same with another day.
   *
   * @param date what chat templates are told
   * @throws CommandException (usage) naming file, field and remedy when it cannot serve
   */
  public static Model open(Path base, int threads, LocalDate date) {
    try {
      HfFolder folder = HfFolder.open(base);
      ExampleTokenizer tokenizer = ExampleTokenizer.open(folder, date);
      EngineOptions options = new EngineOptions(threads, folder.config().maxPositions());
      return new Model(folder, tokenizer, Decoder.open(folder, options));
    } catch (IOException unusable) {
      throw CommandException.usage(String.valueOf(unusable.getMessage()), unusable);
    } catch (IllegalStateException noEngine) {
      throw CommandException.failed(String.valueOf(noEngine.getMessage()), noEngine);
    }
  }

  /**
   * Reads an adapter for this base; the caller closes it.
   *
   * @param adapter a PEFT folder
   * @throws CommandException (usage) naming file and field when it does not fit
   */
  public LoraWeights adapter(Path adapter) {
    try {
      return PeftFolder.read(adapter, decoder.config());
    } catch (IOException unfit) {
      throw CommandException.usage(String.valueOf(unfit.getMessage()), unfit);
    }
  }

  /** SHA-256 over config, tokenizer and weights, in hex. */
  public String digest() {
    return folder.digest();
  }

  /**
   * Tokens of an example as training sees them.
   *
   * @throws io.alluvium.trainer.model.chat.UnrenderableChatException when the base's chat template
   *     does not take the conversation
   */
  public TokenSequence encode(ExampleText text) {
    return tokenizer.encode(text);
  }

  /** Tokens of a prompt and its answer as training sees them. */
  public TokenSequence encode(String prompt, String completion) {
    return tokenizer.encode(prompt, completion);
  }

  /** Makes of examples what this base can measure. */
  ItemMaker items() {
    return new ItemMaker(
        tokenizer::encode, new ItemMaker.Limits(maxTokens(), decoder.config().vocabulary()));
  }

  /** Longest sequence that the base takes, in tokens. */
  public int maxTokens() {
    return decoder.maxTokens();
  }

  /** Losses and exact matches in the order given; under the base alone when there is no adapter. */
  public Scores score(List<TokenSequence> sequences, @Nullable LoraWeights adapter) {
    return decoder.score(sequences, adapter);
  }

  /** Whether the base has a chat template. */
  public boolean chats() {
    return tokenizer.chats();
  }

  /** What the model says after a prompt, without end token. */
  public String generate(String prompt, GenerationOptions options, @Nullable LoraWeights adapter) {
    return after(tokenizer.encodePrompt(prompt), options, adapter);
  }

  /**
   * What the model answers a user who says this, without end token.
   *
   * @throws CommandException (usage) when the base has no chat template
   */
  public String answer(String question, GenerationOptions options, @Nullable LoraWeights adapter) {
    ExampleText.Conversation chat =
        new ExampleText.Conversation(List.of(new Turn("user", question)));
    try {
      return after(tokenizer.encodePrompt(chat), options, adapter);
    } catch (UnrenderableChatException unfit) {
      throw CommandException.usage(unfit.getMessage() + ": ask with --form text", unfit);
    }
  }

  private String after(int[] ids, GenerationOptions options, @Nullable LoraWeights adapter) {
    if (ids.length + options.maxNewTokens() > maxTokens()) {
      throw CommandException.usage(
          "prompt of %d tokens and %d new ones exceed the %d that the base takes: shorten it, or lower --max-tokens"
              .formatted(ids.length, options.maxNewTokens(), maxTokens()));
    }
    int[] added = decoder.generate(List.of(ids), options, adapter).get(0);
    int[] whole = Arrays.copyOf(ids, ids.length + added.length);
    System.arraycopy(added, 0, whole, ids.length, added.length);
    // Decoded together with the prompt: tokenizers treat the beginning of a text differently.
    return tokenizer.decode(whole).substring(tokenizer.decode(ids).length());
  }

  /** The decoder, for training on top of it. */
  public Decoder decoder() {
    return decoder;
  }

  @Override
  public void close() {
    decoder.close();
    tokenizer.close();
  }
}
