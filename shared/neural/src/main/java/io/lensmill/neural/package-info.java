/**
 * Networks written down once as operations on named values, and what runs them: definitions, tensors, parameters,
 * safetensors, random numbers that depend on nothing but their counter.
 */
package io.lensmill.neural;
