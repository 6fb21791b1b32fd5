package io.lensmill.cli.command;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.KafkaServers;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.Topic;
import java.util.List;
import picocli.CommandLine;

/** A connection of a command, whose warnings the person at the terminal sees. */
final class Connecting {

    private Connecting() {}

    /** @throws CommandFailure when the cluster does not answer */
    static Broker to(CommandLine commandLine, KafkaServers servers, List<Topic> topics) {
        return Broker.connect(servers, topics, Screen.of(commandLine)::warn);
    }
}
