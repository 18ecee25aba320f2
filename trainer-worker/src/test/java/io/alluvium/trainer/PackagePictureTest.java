package io.alluvium.trainer;

import io.alluvium.stack.junit.DrawnRooms;

class PackagePictureTest implements DrawnRooms {
  @Override
  public String root() {
    return "io.alluvium.trainer";
  }
}
