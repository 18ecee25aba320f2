package io.alluvium.trainer.bench;

import io.alluvium.stack.junit.DrawnRooms;

class PackagePictureTest implements DrawnRooms {
  @Override
  public String root() {
    return "io.alluvium.trainer.bench";
  }
}
