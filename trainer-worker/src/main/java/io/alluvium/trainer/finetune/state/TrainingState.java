package io.alluvium.trainer.finetune.state;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.TensorList;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.model.config.DecoderConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a next round needs to go on as if none had ended: adapter, AdamW's two moments, steps
 * taken and the seed that the rounds so far led to. The moments are those of the trained tensors
 * alone. Where a method serves another adapter than the one that learns, the latter's trained
 * tensors are there besides. Owns native memory.
 */
public final class TrainingState implements AutoCloseable {
  private final LoraWeights adapter;
  private final TensorList firstMoments;
  private final TensorList secondMoments;
  private final long step;
  private final long lineage;
  private final @Nullable TensorList learner;

  TrainingState(LoraWeights adapter, List<TensorList> moments, long step, long lineage) {
    this(adapter, moments, step, lineage, null);
  }

  private TrainingState(
      LoraWeights adapter,
      List<TensorList> moments,
      long step,
      long lineage,
      @Nullable TensorList learner) {
    this.adapter = adapter;
    this.firstMoments = moments.get(0);
    this.secondMoments = moments.get(1);
    this.step = step;
    this.lineage = lineage;
    this.learner = learner;
  }

  /** A fresh adapter with empty moments, of a kind that begins from a seed alone. */
  public static TrainingState initial(DecoderConfig config, LoraSpec spec, long seed) {
    return fresh(LoraWeights.initial(config, spec, seed), seed);
  }

  /** A given adapter with empty moments; it is closed with the state. */
  public static TrainingState fresh(LoraWeights adapter, long seed) {
    return new TrainingState(adapter, List.of(zeros(adapter), zeros(adapter)), 0, seed);
  }

  /** The adapter that is served; it lives as long as this state. */
  public LoraWeights adapter() {
    return adapter;
  }

  /** Optimiser steps taken since the adapter was fresh. */
  public long step() {
    return step;
  }

  /** The seed that this and all earlier rounds led to. */
  public long lineage() {
    return lineage;
  }

  /**
   * Writes {@code training_state.safetensors} and {@code training_state.json} into a folder, beside
   * the adapter's own two files. Values are exact.
   */
  public void write(Path folder) throws IOException {
    StateFiles.write(folder, this);
  }

  /**
   * Reads a folder that holds an adapter and its state.
   *
   * @param spec what it was trained as; what PEFT is told of it may be less
   * @throws io.alluvium.trainer.adapter.BadAdapterException naming what is missing or does not fit
   */
  public static TrainingState read(Path folder, DecoderConfig config, LoraSpec spec)
      throws IOException {
    return StateFiles.read(folder, config, spec);
  }

  @Override
  public void close() {
    adapter.close();
    firstMoments.close();
    secondMoments.close();
    if (learner != null) {
      learner.close();
    }
  }

  /** Means of the gradients, in the order of the trained tensors; owned by this state. */
  public TensorList firstMoments() {
    return firstMoments;
  }

  /** Means of the squared gradients, likewise. */
  public TensorList secondMoments() {
    return secondMoments;
  }

  /**
   * The trained tensors of the adapter that learns, where another one is served; owned by this
   * state. Null where they are one.
   */
  @Nullable TensorList learner() {
    return learner;
  }

  /** The same with such tensors, which it owns from now on. */
  TrainingState learning(@Nullable TensorList tensors) {
    return new TrainingState(adapter, List.of(firstMoments, secondMoments), step, lineage, tensors);
  }

  /**
   * A copy with its own memory that has come further by a number of steps. Its adapter is the one
   * that learns.
   */
  public TrainingState copyAfter(int steps, long newLineage) {
    return new TrainingState(
        learner == null ? adapter.copy() : adapter.copyWith(learner.tensors()),
        moments(),
        step + steps,
        newLineage);
  }

  /**
   * A copy with its own memory and moments whose adapter has come only a share of the way from
   * another's, and so has what learns.
   *
   * @param from of the same spec
   * @param share from 0 to 1
   */
  public TrainingState comingFrom(TrainingState from, double share) {
    TrainingState nearer = with(adapter.between(from.adapter, share));
    if (learner == null) {
      return nearer;
    }
    try (LoraWeights own = adapter.copyWith(learner.tensors());
        LoraWeights before = from.copyAfter(0, lineage).adapter;
        LoraWeights between = own.between(before, share)) {
      return nearer.learning(copied(between.trained()));
    }
  }

  /**
   * A copy with its own memory and moments and another adapter, which learns itself.
   *
   * @param other of the same spec; it is closed with the copy
   */
  public TrainingState with(LoraWeights other) {
    return new TrainingState(other, moments(), step, lineage);
  }

  /**
   * A copy with its own memory and moments that serves another adapter, while its own one learns
   * on.
   *
   * @param other of the same spec; it is closed with the copy
   */
  public TrainingState serving(LoraWeights other) {
    return with(other).learning(copied(adapter.trained()));
  }

  private List<TensorList> moments() {
    return List.of(firstMoments.copy(), secondMoments.copy());
  }

  private static TensorList copied(List<NativeTensor> tensors) {
    return new TensorList(
        tensors.stream()
            .map(tensor -> NativeTensor.of(tensor.floats(), tensor.shape()[0], tensor.shape()[1]))
            .toList());
  }

  private static TensorList zeros(LoraWeights adapter) {
    return new TensorList(
        adapter.trainedSlots().stream()
            .map(
                slot ->
                    NativeTensor.of(
                        new float[Math.toIntExact(slot.rows() * slot.columns())],
                        slot.rows(),
                        slot.columns()))
            .toList());
  }
}
