/** Which broker and object store a command talks to: options, environment, or the running {@code up}. */
package io.lensmill.cli.connection;
