package io.lensmill.neural.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.reorder;

/** A copy with change of layout and number format outside of any program, between slots that have their memory. */
public final class ImmediateReorder implements Runnable {

    private final Slot from;
    private final Slot to;
    private final reorder work;
    private final dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(2);

    public ImmediateReorder(Slot from, Slot to) {
        this.from = from;
        this.to = to;
        this.work =
                new reorder(new reorder.primitive_desc(OneDnn.engine(), from.layout(), OneDnn.engine(), to.layout()));
    }

    @Override
    public void run() {
        arguments.getPointer(0).arg(DNNL_ARG_FROM).memory(from.bound().get());
        arguments.getPointer(1).arg(DNNL_ARG_TO).memory(to.bound().get());
        OneDnn.check(dnnl.dnnl_primitive_execute(work.get(), OneDnn.stream().get(), 2, arguments), "reorder weights");
    }
}
