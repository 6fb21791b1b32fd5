/**
 * What is said on the topics: the records, the topics and their keys, the envelope that turns bytes into a record and
 * back, and why an input is refused.
 */
package io.lensmill.contracts;
