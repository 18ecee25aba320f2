/** Tests of the schemas, offline: no broker and no registry server. */
@NullMarked
package io.alluvium.schemas;

import org.jspecify.annotations.NullMarked;
