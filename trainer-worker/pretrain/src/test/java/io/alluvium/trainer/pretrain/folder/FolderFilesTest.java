package io.alluvium.trainer.pretrain.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.pretrain.corpus.Corpus;
import io.alluvium.trainer.pretrain.skill.SkillRecord;
import io.alluvium.trainer.program.device.EngineRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderFilesTest {
  @Test
  void theTokenizerLibraryGivesBackEveryPrintableCharacter(@TempDir Path folder)
      throws IOException {
    StringBuilder text = new StringBuilder("  two spaces, a tab\tand a line feed\n\nat last ");
    for (char c = ' '; c <= '~'; c++) {
      text.append(c);
    }
    try (HuggingFaceTokenizer tokenizer = tokenizer(folder)) {
      long[] ids = tokenizer.encode(text.toString(), false, false).getIds();
      assertThat(tokenizer.decode(ids)).isEqualTo(text.toString());
    }
  }

  @Test
  void theTokenizerLibraryAgreesWithTheVocabularyOnTheCorpus(@TempDir Path folder)
      throws IOException {
    try (HuggingFaceTokenizer tokenizer = tokenizer(folder)) {
      for (List<SkillRecord> suite : Corpus.suites(20).values()) {
        for (SkillRecord example : suite) {
          int[] record = CharacterVocabulary.record(example.text());
          int[] inner = Arrays.copyOfRange(record, 1, record.length - 1);
          long[] ids = tokenizer.encode(example.text(), false, false).getIds();
          assertThat(ids).containsExactly(Arrays.stream(inner).asLongStream().toArray());
        }
      }
    }
  }

  @Test
  void aCharacterOutsideTheVocabularyBecomesUnknown(@TempDir Path folder) throws IOException {
    try (HuggingFaceTokenizer tokenizer = tokenizer(folder)) {
      long unknown = CharacterVocabulary.UNKNOWN;
      assertThat(tokenizer.encode("é", false, false).getIds()).containsExactly(unknown);
      assertThat(CharacterVocabulary.record("é")[1]).isEqualTo(CharacterVocabulary.UNKNOWN);
    }
  }

  @Test
  void aTextEncodedWithSpecialTokensBeginsWithTheBeginToken(@TempDir Path folder)
      throws IOException {
    try (HuggingFaceTokenizer tokenizer = tokenizer(folder)) {
      long[] ids = tokenizer.encode("a", true, false).getIds();
      assertThat(ids).hasSize(2).startsWith(CharacterVocabulary.BOS);
    }
  }

  @Test
  void theConfigurationNamesTheArchitectureAndSpecialTokens(@TempDir Path folder)
      throws IOException {
    new FolderFiles(folder).writeModel(ModelShape.tiny());
    JsonNode config = new ObjectMapper().readTree(folder.resolve("config.json").toFile());
    assertThat(config.path("architectures").path(0).asText()).isEqualTo("LlamaForCausalLM");
    assertThat(config.path("torch_dtype").asText()).isEqualTo("bfloat16");
    assertThat(config.path("tie_word_embeddings").asBoolean()).isTrue();
    assertThat(config.path("bos_token_id").asInt()).isEqualTo(1);
    assertThat(config.path("eos_token_id").asInt()).isEqualTo(2);
    assertThat(config.path("pad_token_id").asInt()).isEqualTo(0);
    assertThat(config.path("vocab_size").asInt()).isEqualTo(101);
  }

  @Test
  void aSuiteLineIsARecordWithItsSkillAsLabel(@TempDir Path folder) throws IOException {
    SkillRecord example = new SkillRecord("add", "1 + 2 =", " 3");
    new FolderFiles(folder).writeSuites(Map.of("add", List.of(example)));
    assertThat(Files.readString(folder.resolve("retention/add.jsonl")))
        .isEqualTo(
            "{\"prompt\":\"1 + 2 =\",\"completion\":\" 3\",\"labels\":{\"skill\":\"add\"}}\n");
  }

  @Test
  void aShapeWhoseHeadsDoNotDivideItIsRefused() {
    assertThatThrownBy(() -> new ModelShape(160, 4, 7, 448, 256))
        .hasMessage("model shape: hidden is 160, must be a multiple of twice the 7 heads");
  }

  @Test
  void theTinyShapeHasAsManyParametersAsTheCardSays() {
    assertThat(ModelShape.tiny().parameters()).isEqualTo(1_287_360);
  }

  private static HuggingFaceTokenizer tokenizer(Path folder) throws IOException {
    EngineRuntime.start(1);
    new FolderFiles(folder).writeModel(ModelShape.tiny());
    return HuggingFaceTokenizer.newInstance(
        folder.resolve("tokenizer.json"), Map.of("truncation", "false", "padding", "false"));
  }
}
