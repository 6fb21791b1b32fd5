/**
 * Object storage as Lensmill needs it: checked keys, one layout of the bucket, and stores that hold whole objects or
 * none.
 */
package io.lensmill.storage;
