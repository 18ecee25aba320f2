package io.alluvium.schemas.topic;

import java.util.Map;

/** Whose clock stamps the records of a topic; retention counts from that stamp. */
public enum TimeOf {
  /** Whoever wrote the record: what users produce keeps the time that they give it. */
  PRODUCER,
  /** The broker that took it, so that what is passed on lives its retention, however old it is. */
  LOG;

  /** Kafka's name of the setting. */
  public static final String KEY = "message.timestamp.type";

  /** Topic settings that say this to a broker; none where the broker's own are as good. */
  public Map<String, String> topicConfig() {
    return this == LOG ? Map.of(KEY, "LogAppendTime") : Map.of();
  }
}
