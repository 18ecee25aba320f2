package io.alluvium.trainer.round;

import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.gate.measure.Evaluator;

/**
 * The frozen model and its ways of training and measuring; all of it stays the caller's.
 *
 * @param decoder the base
 * @param name the base's name
 * @param digest the base's digest
 * @param tuner trains
 * @param evaluator measures
 */
public record RoundContext(
    Decoder decoder, String name, String digest, FineTuner tuner, Evaluator evaluator) {}
