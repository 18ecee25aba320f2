package io.alluvium.streams.stage.verdict;

/**
 * A stage's no.
 *
 * @param reason why
 * @param detail one line: the value found and the rule it broke
 */
public record Refusal(Reason reason, String detail) {}
