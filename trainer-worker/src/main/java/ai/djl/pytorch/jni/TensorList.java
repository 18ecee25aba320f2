package ai.djl.pytorch.jni;

import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * A {@code List[Tensor]} argument made once and passed to many calls: weights, adapters, moments.
 *
 * <p>It shares storage with its tensors and owns them: closing the list closes them.
 */
@NullMarked
public final class TensorList implements AutoCloseable {
  private final List<NativeTensor> tensors;
  private long ivalue;

  /** Takes ownership of the tensors, in this order. */
  public TensorList(List<NativeTensor> tensors) {
    this.tensors = List.copyOf(tensors);
    this.ivalue =
        PyTorchLibrary.LIB.iValueFromTensorList(
            tensors.stream().mapToLong(NativeTensor::handle).toArray());
  }

  /** The tensors, in order; they live as long as this list. */
  public List<NativeTensor> tensors() {
    return tensors;
  }

  /** How many tensors. */
  public int size() {
    return tensors.size();
  }

  /** A list of copies with their own storage. */
  public TensorList copy() {
    return new TensorList(tensors.stream().map(NativeTensor::copy).toList());
  }

  /** Frees the list and its tensors. Closing twice does nothing. */
  @Override
  public void close() {
    if (ivalue != 0) {
      PyTorchLibrary.LIB.torchDeleteIValue(ivalue);
      ivalue = 0;
      tensors.forEach(NativeTensor::close);
    }
  }

  long ivalue() {
    if (ivalue == 0) {
      throw new IllegalStateException("tensor list is closed");
    }
    return ivalue;
  }
}
