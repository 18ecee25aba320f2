package io.alluvium.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCommandTest {
  private static final String LLAMA =
      """
      {"model_type": "llama", "vocab_size": 61, "hidden_size": 24, "num_hidden_layers": 2,
       "num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 36,
       "hidden_act": "silu", "tie_word_embeddings": true}
      """;

  @TempDir Path folder;

  @Test
  void theArchiveSaysWhichTensorsItWants() throws Exception {
    Files.writeString(folder.resolve("config.json"), LLAMA);
    Path out = folder.resolve("program.pt");
    Cli.Result told = program(out, "--rank", "3", "--target-modules", "q_proj,down_proj");
    assertThat(told.code()).as(told.err()).isZero();
    try (ZipFile zip = new ZipFile(out.toFile())) {
      JsonNode note =
          new ObjectMapper()
              .readTree(zip.getInputStream(zip.getEntry("program/extra/alluvium.json")));
      assertThat(note.path("config").path("hidden_size").asInt()).isEqualTo(24);
      assertThat(note.path("weights").get(0).path("name").asText())
          .isEqualTo("model.embed_tokens.weight");
      assertThat(note.path("weights")).hasSize(1 + 2 * 9 + 1);
      assertThat(note.path("adapters")).hasSize(2 * 2 * 2);
      assertThat(note.path("adapters").get(1).path("shape")).hasToString("[24,3]");
      assertThat(note.path("frequencies")).hasSize(3);
      assertThat(note.path("frequencies").get(0).asDouble()).isEqualTo(1);
    }
  }

  @Test
  void equalInputGivesEqualBytes() throws Exception {
    Files.writeString(folder.resolve("config.json"), LLAMA);
    program(folder.resolve("a.pt"));
    program(folder.resolve("b.pt"));
    assertThat(folder.resolve("a.pt")).hasSameBinaryContentAs(folder.resolve("b.pt"));
  }

  @Test
  void whatIsWrongIsOneLineWithItsRemedy() throws Exception {
    Cli.Result none = program(folder.resolve("a.pt"));
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("config.json: missing; name a Hugging Face model folder");
    Files.writeString(folder.resolve("config.json"), LLAMA);
    Cli.Result target = program(folder.resolve("a.pt"), "--target-modules", "wq");
    assertThat(target.code()).isEqualTo(2);
    assertThat(target.err()).contains("target 'wq', known: [q_proj").hasLineCount(1);
    Cli.Result place = program(folder.resolve("no/a.pt"));
    assertThat(place.code()).isEqualTo(1);
    assertThat(place.err()).contains("name a file in a folder that exists").hasLineCount(1);
  }

  private Cli.Result program(Path out, String... more) {
    String[] all = new String[5 + more.length];
    String[] first = {"program", "--model", folder.toString(), "--out", out.toString()};
    System.arraycopy(first, 0, all, 0, 5);
    System.arraycopy(more, 0, all, 5, more.length);
    return Cli.run(all);
  }
}
