package io.alluvium.trainer.pretrain.folder;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * {@code tokenizer.json} and {@code tokenizer_config.json} for {@link CharacterVocabulary}, as the
 * Hugging Face tokenizers library reads them: cut at every character, look each up, and join
 * without spaces when decoding.
 */
final class TokenizerFiles {
  private static final int SPECIAL_TOKENS = 4;

  private final ObjectMapper json;

  TokenizerFiles(ObjectMapper json) {
    this.json = json;
  }

  ObjectNode tokenizer() {
    ObjectNode root = json.createObjectNode();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    root.set("added_tokens", addedTokens());
    root.putNull("normalizer");
    ObjectNode cut = root.putObject("pre_tokenizer");
    cut.put("type", "Split").putObject("pattern").put("Regex", "[\\s\\S]");
    cut.put("behavior", "Isolated").put("invert", false);
    root.set("post_processor", beginning());
    root.putObject("decoder").put("type", "Fuse");
    ObjectNode model = root.putObject("model");
    model.put("type", "WordLevel");
    ObjectNode vocabulary = model.putObject("vocab");
    List<String> tokens = CharacterVocabulary.TOKENS;
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    model.put("unk_token", token(CharacterVocabulary.UNKNOWN));
    return root;
  }

  ObjectNode configuration(int positions) {
    return json.createObjectNode()
        .put("tokenizer_class", "PreTrainedTokenizerFast")
        .put("bos_token", token(CharacterVocabulary.BOS))
        .put("eos_token", token(CharacterVocabulary.EOS))
        .put("pad_token", token(CharacterVocabulary.PAD))
        .put("unk_token", token(CharacterVocabulary.UNKNOWN))
        .put("add_bos_token", true)
        .put("add_eos_token", false)
        .put("clean_up_tokenization_spaces", false)
        .put("model_max_length", positions);
  }

  private ArrayNode addedTokens() {
    ArrayNode added = json.createArrayNode();
    for (int id = 0; id < SPECIAL_TOKENS; id++) {
      ObjectNode special = added.addObject().put("id", id).put("content", token(id));
      special.put("single_word", false).put("lstrip", false).put("rstrip", false);
      special.put("normalized", false).put("special", true);
    }
    return added;
  }

  /** Puts the begin token before a text, where the caller asks for special tokens. */
  private ObjectNode beginning() {
    String begin = token(CharacterVocabulary.BOS);
    ObjectNode template = json.createObjectNode().put("type", "TemplateProcessing");
    template.set("single", sequence(begin, "A"));
    template.set("pair", sequence(begin, "A").addAll(sequence(begin, "B")));
    ObjectNode special = template.putObject("special_tokens").putObject(begin).put("id", begin);
    special.putArray("ids").add(CharacterVocabulary.BOS);
    special.putArray("tokens").add(begin);
    return template;
  }

  private ArrayNode sequence(String begin, String text) {
    ArrayNode sequence = json.createArrayNode();
    int type = text.equals("A") ? 0 : 1;
    sequence.addObject().putObject("SpecialToken").put("id", begin).put("type_id", type);
    sequence.addObject().putObject("Sequence").put("id", text).put("type_id", type);
    return sequence;
  }

  private static String token(int id) {
    return CharacterVocabulary.TOKENS.get(id);
  }
}
