package io.lensmill.metricsworker.streams;

import io.lensmill.contracts.RefusedException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Checks messages before they are handed round: what is wrong goes to the dead letters once, not by every task. */
final class CheckingProcessor implements Processor<String, byte[], String, Outcome> {

    /** Reads a message, or says what is wrong with it. */
    interface Check {

        /**
         * @param message as it came
         * @param offset place in its partition
         * @return key and value to pass on; null: nothing
         */
        KeyValue<String, byte[]> apply(byte[] message, long offset) throws RefusedException;
    }

    private final Check check;
    private ProcessorContext<String, Outcome> context;

    CheckingProcessor(Check check) {
        this.check = check;
    }

    @Override
    public void init(ProcessorContext<String, Outcome> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<String, byte[]> message) {
        KeyValue<String, byte[]> checked;
        try {
            checked = check.apply(message.value(), Refusals.place(context).offset());
        } catch (RefusedException refusal) {
            Refusals.forward(context, message, refusal);
            return;
        } catch (RuntimeException fault) {
            Refusals.forward(context, message, Refusals.surprise(context, fault));
            return;
        }
        if (checked != null) {
            context.forward(new Record<>(checked.key, new Outcome.Passed(checked.value), message.timestamp()));
        }
    }
}
