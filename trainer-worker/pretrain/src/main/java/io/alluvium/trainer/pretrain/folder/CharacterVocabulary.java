package io.alluvium.trainer.pretrain.folder;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of the tiny base: four special ones, tab, line feed and printable ASCII, one character
 * each, so that any English record can be read. Ids are positions in {@link #TOKENS}.
 */
public final class CharacterVocabulary {
  /** Fills short rows; never predicted. */
  public static final int PAD = 0;

  /** Begins every record. */
  public static final int BOS = 1;

  /** Ends every record. */
  public static final int EOS = 2;

  /** Stands for every character outside the vocabulary. */
  public static final int UNKNOWN = 3;

  /** All tokens in the order of their ids. */
  public static final List<String> TOKENS = tokens();

  private static final int FIRST_PRINTABLE = TOKENS.indexOf(" ");

  private CharacterVocabulary() {}

  /** A whole record as ids: begin, the characters, end. */
  public static int[] record(String text) {
    int[] ids = new int[text.length() + 2];
    ids[0] = BOS;
    for (int i = 0; i < text.length(); i++) {
      ids[i + 1] = id(text.charAt(i));
    }
    ids[ids.length - 1] = EOS;
    return ids;
  }

  private static int id(char character) {
    if (character >= ' ' && character <= '~') {
      return FIRST_PRINTABLE + character - ' ';
    }
    int id = TOKENS.indexOf(String.valueOf(character));
    return id < 0 ? UNKNOWN : id;
  }

  private static List<String> tokens() {
    List<String> tokens = new ArrayList<>(List.of("<pad>", "<bos>", "<eos>", "<unk>", "\t", "\n"));
    for (char c = ' '; c <= '~'; c++) {
      tokens.add(String.valueOf(c));
    }
    return List.copyOf(tokens);
  }
}
