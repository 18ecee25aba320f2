package ai.djl.pytorch.jni;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.NullMarked;

/**
 * One libtorch tensor that owns its storage, held by handle and freed by {@link #close}.
 *
 * <p>It stands in DJL's package because the natives are package-private there. DJL's own arrays are
 * not used: they borrow Java buffers whose early release corrupts views, and they park results on
 * the manager of their first operand.
 */
@NullMarked
public final class NativeTensor implements AutoCloseable {
  private static final int FLOAT32 = 0;
  private static final int INT64 = 6;
  private static final int DENSE = 0;
  private static final int[] CPU = {0, -1};
  private static final int PASSAGE_BYTES = 1 << 20;
  private static final ThreadLocal<ByteBuffer> PASSAGE =
      ThreadLocal.withInitial(
          () -> ByteBuffer.allocateDirect(PASSAGE_BYTES).order(ByteOrder.nativeOrder()));

  private static volatile int[] home = CPU;

  private long handle;

  NativeTensor(long handle) {
    this.handle = handle;
  }

  /**
   * From now on, tensors of this process are made in the memory of a GPU.
   *
   * @param number of the GPU among those that the process sees
   */
  public static void makeOnGpu(int number) {
    home = new int[] {1, number};
  }

  /**
   * Copies fp32 values.
   *
   * @param values row-major values, as many as the shape holds
   * @param shape sizes per dimension; none for a scalar
   */
  public static NativeTensor of(float[] values, long... shape) {
    requireSize(values.length, shape);
    ByteBuffer buffer = direct(Math.multiplyExact(values.length, Float.BYTES));
    buffer.asFloatBuffer().put(values);
    return copy(buffer, FLOAT32, shape);
  }

  /**
   * Copies 64-bit integers.
   *
   * @param values row-major values, as many as the shape holds
   * @param shape sizes per dimension; none for a scalar
   */
  public static NativeTensor of(long[] values, long... shape) {
    requireSize(values.length, shape);
    ByteBuffer buffer = direct(Math.multiplyExact(values.length, Long.BYTES));
    buffer.asLongBuffer().put(values);
    return copy(buffer, INT64, shape);
  }

  /** A second tensor with its own storage and the same values. */
  public NativeTensor copy() {
    return new NativeTensor(PyTorchLibrary.LIB.tensorClone(handle()));
  }

  /** Memory of its values, were it contiguous. */
  public long bytes() {
    return elements(shape()) * widthBytes(PyTorchLibrary.LIB.torchDType(handle()));
  }

  /** Sizes per dimension. */
  public long[] shape() {
    return PyTorchLibrary.LIB.torchSizes(handle());
  }

  /** The values of a contiguous fp32 tensor, row-major. */
  public float[] floats() {
    ByteBuffer bytes = contents(FLOAT32);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  /** The values of a contiguous int64 tensor, row-major. */
  public long[] longs() {
    ByteBuffer bytes = contents(INT64);
    long[] values = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(values);
    return values;
  }

  /** Frees the handle; further use throws. Closing twice does nothing. */
  @Override
  public void close() {
    if (handle != 0) {
      PyTorchLibrary.LIB.torchDeleteTensor(handle);
      handle = 0;
    }
  }

  long handle() {
    if (handle == 0) {
      throw new IllegalStateException("tensor is closed");
    }
    return handle;
  }

  /** DJL has no number for bf16, the only type of ours besides. */
  private static int widthBytes(int dtype) {
    return switch (dtype) {
      case FLOAT32 -> Float.BYTES;
      case INT64 -> Long.BYTES;
      default -> Short.BYTES;
    };
  }

  private ByteBuffer contents(int dtype) {
    int actual = PyTorchLibrary.LIB.torchDType(handle());
    if (actual != dtype) {
      throw new IllegalStateException("tensor holds DJL data type " + actual + ", not " + dtype);
    }
    if (elements(shape()) == 0) {
      return ByteBuffer.allocate(0);
    }
    return PyTorchLibrary.LIB.torchDevice(handle())[0] == CPU[0]
        ? PyTorchLibrary.LIB.torchDirectByteBuffer(handle()).order(ByteOrder.nativeOrder())
        : fetched(dtype);
  }

  /** Copied twice, since the bytes on the CPU die with the tensor that is made there. */
  private ByteBuffer fetched(int dtype) {
    try (NativeTensor here = new NativeTensor(PyTorchLibrary.LIB.torchTo(handle(), dtype, CPU))) {
      ByteBuffer borrowed = PyTorchLibrary.LIB.torchDirectByteBuffer(here.handle());
      ByteBuffer own = direct(borrowed.remaining());
      own.put(borrowed).flip();
      return own.order(ByteOrder.nativeOrder());
    }
  }

  /** The blob borrows the buffer, so it is cloned before the buffer can be collected. */
  private static NativeTensor copy(ByteBuffer buffer, int dtype, long[] shape) {
    long borrowed = PyTorchLibrary.LIB.torchFromBlob(buffer, shape, dtype, DENSE, CPU, false);
    try {
      return new NativeTensor(
          home == CPU
              ? PyTorchLibrary.LIB.tensorClone(borrowed)
              : PyTorchLibrary.LIB.torchTo(borrowed, dtype, home));
    } finally {
      PyTorchLibrary.LIB.torchDeleteTensor(borrowed);
      java.lang.ref.Reference.reachabilityFence(buffer);
    }
  }

  /**
   * What is copied at once can pass through the same buffer again. One of its own for every small
   * tensor would lie between the tensors and leave holes when it is collected.
   */
  private static ByteBuffer direct(int bytes) {
    return bytes > PASSAGE_BYTES
        ? ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder())
        : PASSAGE.get().clear().limit(bytes);
  }

  private static void requireSize(int length, long[] shape) {
    if (length != elements(shape)) {
      throw new IllegalArgumentException(
          length + " values for a shape of " + elements(shape) + " elements");
    }
  }

  private static long elements(long[] shape) {
    long count = 1;
    for (long size : shape) {
      count = Math.multiplyExact(count, size);
    }
    return count;
  }
}
