package io.lensmill.metricsworker.page.state;

/** How much the page remembers. With all of it full that is some 20 MB. */
public final class Bounds {

    /** Jobs; the one without news for longest goes first. */
    public static final int JOBS = 200;
    /** Keys with their newest report. */
    public static final int REPORTS = 50;
    /** Published models. */
    public static final int MODELS = 100;
    /** Generation jobs with their contact sheets. */
    public static final int SAMPLES = 100;
    /** Dead letters, without the refused bytes. */
    public static final int DEAD_LETTERS = 200;
    /** Groups and topics of which something was never read. */
    public static final int UNSEEN = 50;
    /** Points of a learning curve, and of a collection's history. */
    public static final int CURVE_POINTS = 200;
    /** Characters of a text that a stranger wrote: a key, a reason. */
    public static final int TEXT = 1_000;

    private Bounds() {}

    static String text(String any) {
        return any == null || any.length() <= TEXT ? any : any.substring(0, TEXT) + "…";
    }
}
