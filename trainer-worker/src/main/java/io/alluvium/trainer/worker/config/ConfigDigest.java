package io.alluvium.trainer.worker.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * What names everything that a version depends on besides the log: two versions with the same
 * digest, window and parent must be the same version. Files count with their contents, wherever
 * they stand; what only says where things are or how long to wait does not count.
 *
 * @param config the configuration
 * @param baseDigest digest of the base's folder
 */
public record ConfigDigest(TrainerConfig config, String baseDigest) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /**
   * SHA-256, hex.
   *
   * @throws IOException when a suite or the anchors cannot be read
   */
  public String hex() throws IOException {
    Map<String, Object> all =
        Map.of(
            "base", baseDigest,
            "engine", engine(),
            "finetune", finetune(),
            "gate", gate());
    return hex(sha256().digest(text(all).getBytes(StandardCharsets.UTF_8)));
  }

  /** AUTO stands for what it means on this machine. */
  private Map<String, Object> engine() {
    TrainerConfig.Base base = config.base();
    return Map.of(
        "maxTokens", base.maxTokens(),
        "threads", base.threads(),
        "dataType", base.dataType().dataType().name(),
        "device", base.device().toString());
  }

  private ObjectNode finetune() throws IOException {
    ObjectNode finetune = JSON.valueToTree(config.finetune());
    // What is remembered changes no bit.
    finetune.withObject("/anchors").remove("keepBytes");
    String anchors = config.finetune().anchors().file();
    if (anchors != null) {
      finetune.withObject("/anchors").put("file", contents(Path.of(anchors)));
    }
    return finetune;
  }

  private ObjectNode gate() throws IOException {
    ObjectNode gate = JSON.valueToTree(config.gate());
    ArrayNode suites = gate.putArray("retention");
    Path canaries = config.gate().canaries();
    if (canaries != null) {
      gate.put("canaries", contents(canaries));
    }
    for (Path suite : config.gate().retention()) {
      suites.add(contents(suite));
    }
    return gate;
  }

  private static String contents(Path file) throws IOException {
    try (DigestInputStream stream = new DigestInputStream(Files.newInputStream(file), sha256())) {
      stream.transferTo(OutputStream.nullOutputStream());
      return hex(stream.getMessageDigest().digest());
    }
  }

  private static String text(Map<String, Object> all) {
    try {
      return JSON.writeValueAsString(all);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("the configuration was read from such a form", impossible);
    }
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
