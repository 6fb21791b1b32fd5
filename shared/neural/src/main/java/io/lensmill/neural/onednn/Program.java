package io.lensmill.neural.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.primitive;

/**
 * A network compiled for one shape of its inputs: primitives and memory made once, run as often as wanted. Not safe for
 * use by several threads.
 */
public final class Program implements AutoCloseable {

    /** One thing to do. */
    private interface Step {
        void run();
    }

    private final List<Step> steps = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private final Map<String, Slot> inputs;
    private final Map<String, Slot> outputs;
    private final Map<String, Slot> outputGradients;
    private final Set<PreparedWeights.Entry> weights;
    private final int backwardStart;
    private final NativeMemory memory;
    /** Keeps native objects from being collected while the steps use their handles. */
    private final List<Recorder.Pending> held;

    private long stepSeed;

    Program(Recorder recording) {
        this.held = List.copyOf(recording.pending());
        this.inputs = Map.copyOf(recording.inputs());
        this.outputs = Map.copyOf(recording.outputs());
        this.outputGradients = Map.copyOf(recording.outputGradients());
        this.weights = Set.copyOf(recording.weights());
        this.backwardStart = recording.backwardStart();
        List<Slot> slots = recording.plannedSlots();
        MemoryPlan plan = plan(slots);
        this.memory = new NativeMemory(plan.total());
        for (int i = 0; i < slots.size(); i++) {
            slots.get(i).place(memory.at(plan.offset(i)));
        }
        for (Recorder.Pending pending : held) {
            labels.add(pending.label());
            steps.add(pending.work() != null ? () -> pending.work().accept(stepSeed) : nativeStep(pending));
        }
        recording.afterPlacement().forEach(Runnable::run);
    }

    public Slot input(String name) {
        return inputs.get(name);
    }

    public Map<String, Slot> outputs() {
        return outputs;
    }

    /** Where the caller puts the derivative of the loss by an output before {@link #backward}. */
    public Map<String, Slot> outputGradients() {
        return outputGradients;
    }

    /**
     * @param parameterVersion number that grows whenever a parameter changes
     * @param seed seed of all randomness of this run
     */
    public void forward(long parameterVersion, long seed) {
        stepSeed = seed;
        weights.forEach(entry -> entry.refresh(parameterVersion));
        run(0, backwardStart);
    }

    public void backward() {
        run(backwardStart, steps.size());
    }

    /** Seconds by kind of step over some runs, for the benchmark's table. */
    public Map<String, Double> profile(int runs) {
        Map<String, Double> seconds = new TreeMap<>();
        for (int run = 0; run < runs; run++) {
            for (int i = 0; i < steps.size(); i++) {
                long start = System.nanoTime();
                steps.get(i).run();
                seconds.merge(labels.get(i), (System.nanoTime() - start) / 1e9 / runs, Double::sum);
            }
        }
        return seconds;
    }

    @Override
    public void close() {
        memory.close();
    }

    private void run(int from, int to) {
        for (int i = from; i < to; i++) {
            steps.get(i).run();
        }
    }

    private static MemoryPlan plan(List<Slot> slots) {
        return new MemoryPlan(slots.stream()
                .map(s -> new MemoryPlan.Block(s.bytes(), s.firstUse(), s.lastUse()))
                .toList());
    }

    private static Step nativeStep(Recorder.Pending pending) {
        primitive work = pending.call();
        List<Recorder.Argument> arguments = pending.arguments();
        dnnl_exec_arg_t table = new dnnl_exec_arg_t(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            dnnl_exec_arg_t row = table.getPointer(i);
            row.arg(arguments.get(i).name());
            row.memory(arguments.get(i).slot().bound().get());
        }
        int count = arguments.size();
        var handle = work.get();
        var stream = OneDnn.stream().get();
        String label = pending.label();
        return () -> OneDnn.check(dnnl.dnnl_primitive_execute(handle, stream, count, table), label);
    }
}
