package io.alluvium.trainer.claim.recall;

/** Where a record stands in the training topic. */
public record Place(int partition, long offset) {}
