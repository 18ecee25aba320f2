package io.alluvium.trainer.gate.measure;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.trainer.dataset.ItemMaker;
import io.alluvium.trainer.gate.measure.GateInputs.Suite;
import io.alluvium.trainer.gate.measure.SuiteFile.Item;
import io.alluvium.trainer.model.chat.UnrenderableChatException;
import io.alluvium.trainer.model.text.ExampleText;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.program.device.DataType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An old skill, frozen: questions whose answers the base knows.
 *
 * @param skill the axis it stands for
 * @param items at least one
 */
public record RetentionSuite(String skill, List<TokenSequence> items) {
  private static final String REMEDY = "; correct the line, or leave it out";

  /**
   * Names it for good: by its skill and its contents, and by what it is measured in, since scores
   * in bf16 say nothing of scores in fp32. Of fp32 nothing is added: older builds knew no other.
   */
  Suite name(DataType type) {
    MessageDigest digest = sha256();
    if (type != DataType.FP32) {
      digest.update(type.name().getBytes(StandardCharsets.UTF_8));
    }
    digest.update(skill.getBytes(StandardCharsets.UTF_8));
    for (TokenSequence item : items) {
      digest.update(bytes(item.ids()));
      digest.update(bytes(item.supervised()));
    }
    return new Suite(skill, HexFormat.of().formatHex(digest.digest()));
  }

  /** With their number, so that what stands side by side is kept apart. */
  private static byte[] bytes(int[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (numbers.length + 1));
    bytes.putInt(numbers.length);
    bytes.asIntBuffer().put(numbers);
    return bytes.array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /**
   * Reads a JSONL file: {prompt, completion} or {messages}; labels.skill, or else the file's name,
   * names the skill of a line.
   *
   * @return one suite per skill, in order of appearance
   * @throws BadSuiteException when the file or a line cannot be used; names it
   */
  public static List<RetentionSuite> load(Path file, ItemMaker.Encoder encoder, int maxTokens) {
    Map<String, List<TokenSequence>> bySkill = new LinkedHashMap<>();
    for (Item item : items(file)) {
      TokenSequence tokens = tokens(item.place(), encoder, item.json());
      if (tokens.length() > maxTokens) {
        throw new BadSuiteException(
            item.place()
                + "%d tokens, at most %d are taken (base.maxTokens, or fewer positions of the base)"
                    .formatted(tokens.length(), maxTokens));
      }
      bySkill.computeIfAbsent(skill(file, item.json()), skill -> new ArrayList<>()).add(tokens);
    }
    return suites(file, bySkill);
  }

  /** All items of a file, as {@link #load} takes them. */
  static List<Item> items(Path file) {
    return new SuiteFile("retention suite", "gate.retention", file).items();
  }

  private static List<RetentionSuite> suites(Path file, Map<String, List<TokenSequence>> bySkill) {
    if (bySkill.isEmpty()) {
      throw new BadSuiteException("retention suite " + file + " is empty: name another file");
    }
    return bySkill.entrySet().stream()
        .map(entry -> new RetentionSuite(entry.getKey(), List.copyOf(entry.getValue())))
        .toList();
  }

  private static TokenSequence tokens(String place, ItemMaker.Encoder encoder, JsonNode node) {
    try {
      return encoder.encode(ExampleText.ofJson(node));
    } catch (UnrenderableChatException | IllegalArgumentException cause) {
      throw new BadSuiteException(place + cause.getMessage() + REMEDY);
    } catch (RuntimeException | LinkageError | StackOverflowError unforeseen) {
      // Templates and tokenizers come from any folder: what one makes of a line is the line's
      // fault.
      throw new BadSuiteException(
          "%sthe base's tokenizer or chat template fails: %s: %s%s"
              .formatted(
                  place, unforeseen.getClass().getSimpleName(), unforeseen.getMessage(), REMEDY));
    }
  }

  static String skill(Path file, JsonNode node) {
    String name = file.getFileName().toString().replaceFirst("\\.jsonl$", "");
    return node.path("labels").path("skill").asText(name);
  }
}
