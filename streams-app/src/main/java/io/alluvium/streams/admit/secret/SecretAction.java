package io.alluvium.streams.admit.secret;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done about what is found. */
public enum SecretAction {
  /** Nothing. */
  @JsonProperty("pass")
  PASS,
  /** It is replaced by its kind in brackets. */
  @JsonProperty("mask")
  MASK,
  /** The example is refused. */
  @JsonProperty("reject")
  REJECT
}
