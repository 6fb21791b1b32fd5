/** The embedded servers as a resource of Quarkus tests, which find their addresses in the configuration. */
package io.lensmill.embedded.quarkus;
