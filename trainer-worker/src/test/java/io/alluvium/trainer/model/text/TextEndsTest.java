package io.alluvium.trainer.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.trainer.model.check.BadModelFolderException;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands before and behind a text is what the folder's own tokenizer says. */
class TextEndsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BOS = 1;
  private static final int EOS = 2;

  @TempDir Path folder;

  @BeforeEach
  void writeModel() throws IOException {
    TinyModel.write(folder, TinyModel.MISTRAL, 1);
  }

  @Test
  void aTokenizerThatPutsNothingBeforeATextGetsNothing() throws IOException {
    change("tokenizer.json", json -> json.putNull("post_processor"));
    write("tokenizer_config.json", "{\"bos_token\": \"<s>\", \"add_bos_token\": true}");
    assertThat(encode("a", "b").ids()).doesNotContain(BOS).hasSize(3).endsWith(EOS);
    assertThat(encode("a", "b").responseStart()).isEqualTo(1);
  }

  @Test
  void whatThePostProcessorWritesStandsThereThoughConfigJsonNamesNoToken() throws IOException {
    change("config.json", json -> json.remove(List.of("bos_token_id", "eos_token_id")));
    write("tokenizer_config.json", "{\"eos_token\": {\"content\": \"</s>\"}}");
    assertThat(encode("a", "b").ids()).startsWith(BOS).endsWith(EOS).hasSize(4);
  }

  @Test
  void anEndThatThePostProcessorWritesIsNotWrittenTwice() throws IOException {
    change(
        "tokenizer.json",
        json -> {
          ObjectNode processor = (ObjectNode) json.path("post_processor");
          ObjectNode end = processor.withArray("single").addObject().putObject("SpecialToken");
          end.put("id", "</s>").put("type_id", 0);
          ObjectNode token = processor.withObject("special_tokens").putObject("</s>");
          token.put("id", "</s>").putArray("ids").add(EOS);
          token.putArray("tokens").add("</s>");
        });
    assertThat(encode("a", "b").ids()).startsWith(BOS).endsWith(EOS).hasSize(4);
    try (ExampleTokenizer tokenizer = ExampleTokenizer.open(HfFolder.open(folder))) {
      assertThat(tokenizer.encodePrompt("a")).startsWith(BOS).hasSize(2);
    }
  }

  /** The tokenizer's end is written, all of generation_config.json's end what is generated. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | {} | 2",
        "{} | {\"eos_token_id\": [5, 6]} | 5 6",
        "{} | {\"eos_token_id\": 7} | 7",
        "{\"eos_token\": \"<unk>\"} | {\"eos_token_id\": [5, 6]} | 0 5 6",
        "{\"eos_token\": \"<unk>\"} | {} | 0 2",
        "{\"eos_token\": \"z\"} | {} | 29 2",
      })
  void endsComeFromTheTokenizerThenFromGenerationThenFromTheModel(
      String settings, String generation, String ends) throws IOException {
    write("tokenizer_config.json", settings);
    write("generation_config.json", generation);
    HfFolder opened = HfFolder.open(folder);
    assertThat(opened.config().eosIds())
        .isEqualTo(List.of(ends.split(" ")).stream().map(Integer::valueOf).toList());
    assertThat(encode("a", "b").ids()).endsWith(opened.config().eosIds().get(0));
  }

  @Test
  void otherEndsAreAnotherBase() throws IOException {
    String before = HfFolder.open(folder).digest();
    write("generation_config.json", "{\"eos_token_id\": 2, \"temperature\": 0.6}");
    assertThat(HfFolder.open(folder).digest()).isEqualTo(before);
    write("generation_config.json", "{\"eos_token_id\": [2, 5]}");
    assertThat(HfFolder.open(folder).digest()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"eos_token\": \"<end>\"} | eos_token '<end>' is no token of tokenizer.json",
        "{\"split_special_tokens\": true} | split_special_tokens true is not supported",
        "{\"additional_special_tokens\": [\"<t>\"]} | token '<t>' is not among the added_tokens",
        "{\"added_tokens_decoder\": {\"9\": {\"content\": \"<t>\"}}} | token '<t>' is not among",
      })
  void settingsThatTheTokenizerDoesNotFollowAreRefused(String settings, String what)
      throws IOException {
    write("tokenizer_config.json", settings);
    assertRefused("tokenizer_config.json: ", what);
  }

  @Test
  void anEndBeyondTheVocabularyIsRefused() throws IOException {
    write("generation_config.json", "{\"eos_token_id\": [2, 61]}");
    assertRefused("eos_token_id is 61, vocab_size is 61", "");
    write("generation_config.json", "{\"eos_token_id\": \"</s>\"}");
    assertRefused("generation_config.json: field eos_token_id is", "want a token id or a list");
  }

  private void assertRefused(String file, String what) {
    assertThatThrownBy(() -> HfFolder.open(folder))
        .isInstanceOf(BadModelFolderException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(what)
        .hasMessageNotContaining("\n");
  }

  private TokenSequence encode(String prompt, String completion) throws IOException {
    try (ExampleTokenizer tokenizer = ExampleTokenizer.open(HfFolder.open(folder))) {
      return tokenizer.encode(prompt, completion);
    }
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private void change(String file, java.util.function.Consumer<ObjectNode> change)
      throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(folder.resolve(file).toFile());
    change.accept(json);
    JSON.writeValue(folder.resolve(file).toFile(), json);
  }
}
