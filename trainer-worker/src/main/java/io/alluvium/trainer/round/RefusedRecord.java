package io.alluvium.trainer.round;

import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.publish.Rejections.Claimant;

/**
 * A record of a window that is not used.
 *
 * @param incoming the record
 * @param claimant whose it is, where that can be read
 * @param refusal why
 */
public record RefusedRecord(Incoming incoming, Claimant claimant, Refusal refusal) {}
