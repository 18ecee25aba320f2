package ai.djl.pytorch.jni;

import ai.djl.Device;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * A loaded TorchScript program whose methods all return {@code List[Tensor]}.
 *
 * <p>Calls run outside inference mode, because inference tensors can never enter autograd; a method
 * that wants gradients turns grad mode on itself and only tensors it marks require them. Used from
 * one thread at a time.
 */
@NullMarked
public final class ScriptModule implements AutoCloseable {
  private long handle;

  private ScriptModule(long handle) {
    this.handle = handle;
  }

  /**
   * Loads an archive.
   *
   * @param archive bytes of a TorchScript zip
   * @throws ai.djl.engine.EngineException when libtorch cannot compile it; the message quotes the
   *     line
   */
  public static ScriptModule load(byte[] archive) {
    try {
      return new ScriptModule(
          JniUtils.loadModuleHandle(
              new ByteArrayInputStream(archive), Device.cpu(), /* mapLocation= */ true, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins a call of a method; add the arguments in order and {@link Call#run} it. */
  public Call method(String name) {
    return new Call(this, name);
  }

  /** Frees the program. Closing twice does nothing. */
  @Override
  public void close() {
    if (handle != 0) {
      PyTorchLibrary.LIB.torchDeleteModule(handle);
      handle = 0;
    }
  }

  private long handle() {
    if (handle == 0) {
      throw new IllegalStateException("script module is closed");
    }
    return handle;
  }

  /**
   * The arguments of one call. The argument values are freed by {@link #run}, the tensors are not.
   */
  public static final class Call {
    private final ScriptModule module;
    private final String name;
    private long[] arguments = new long[16];
    private boolean[] borrowed = new boolean[16];
    private int count;

    private Call(ScriptModule module, String name) {
      this.module = module;
      this.name = name;
    }

    /** Adds a {@code Tensor}. */
    public Call with(NativeTensor tensor) {
      return add(PyTorchLibrary.LIB.iValueFromTensor(tensor.handle()), false);
    }

    /** Adds a {@code List[Tensor]} that stays alive after the call. */
    public Call with(TensorList list) {
      return add(list.ivalue(), true);
    }

    /** Adds a {@code List[Tensor]} made for this call. */
    public Call with(List<NativeTensor> tensors) {
      long[] handles = tensors.stream().mapToLong(NativeTensor::handle).toArray();
      return add(PyTorchLibrary.LIB.iValueFromTensorList(handles), false);
    }

    /** Adds an {@code int}. */
    public Call with(long value) {
      return add(PyTorchLibrary.LIB.iValueFromLong(value), false);
    }

    /** Adds a {@code float}. */
    public Call with(double value) {
      return add(PyTorchLibrary.LIB.iValueFromDouble(value), false);
    }

    /** Adds a {@code str}. */
    public Call with(String value) {
      return add(PyTorchLibrary.LIB.iValueFromString(value), false);
    }

    /** Adds a {@code List[int]}. */
    public Call with(long[] values) {
      return add(PyTorchLibrary.LIB.iValueFromLongList(values), false);
    }

    /**
     * Runs the method on the calling thread.
     *
     * @return the returned tensors, owned by the caller
     * @throws ai.djl.engine.EngineException when the program fails; the message quotes its line
     */
    public List<NativeTensor> run() {
      try {
        // Per thread in libtorch: the profiling executor recompiles for each new shape.
        PyTorchLibrary.LIB.setGraphExecutorOptimize(false);
        long[] values = Arrays.copyOf(arguments, count);
        return tensors(call(values));
      } finally {
        free();
      }
    }

    private long call(long[] values) {
      long begin = System.nanoTime();
      try {
        return PyTorchLibrary.LIB.moduleRunMethod(module.handle(), name, values, true, false);
      } finally {
        NativeClock.add(System.nanoTime() - begin);
      }
    }

    private static List<NativeTensor> tensors(long result) {
      try {
        return Arrays.stream(PyTorchLibrary.LIB.iValueToTensorList(result))
            .mapToObj(NativeTensor::new)
            .toList();
      } finally {
        PyTorchLibrary.LIB.torchDeleteIValue(result);
      }
    }

    private Call add(long ivalue, boolean keep) {
      if (count == arguments.length) {
        arguments = Arrays.copyOf(arguments, 2 * count);
        borrowed = Arrays.copyOf(borrowed, 2 * count);
      }
      arguments[count] = ivalue;
      borrowed[count++] = keep;
      return this;
    }

    private void free() {
      for (int i = 0; i < count; i++) {
        if (!borrowed[i]) {
          PyTorchLibrary.LIB.torchDeleteIValue(arguments[i]);
        }
      }
      count = 0;
    }
  }
}
