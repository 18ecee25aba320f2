/** Tests of the application as a whole. */
package io.alluvium.streams;
