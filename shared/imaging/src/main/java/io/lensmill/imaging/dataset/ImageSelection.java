package io.lensmill.imaging.dataset;

import io.lensmill.imaging.FloatImage;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Some images of a list, looked up when they are asked for: the list may stand on disk. */
final class ImageSelection extends AbstractList<FloatImage> implements RandomAccess {

    private final List<FloatImage> images;
    private final int[] places;

    /** @param places of the chosen images in the list, in their order here */
    ImageSelection(List<FloatImage> images, int[] places) {
        this.images = images;
        this.places = places;
    }

    @Override
    public FloatImage get(int index) {
        return images.get(places[index]);
    }

    @Override
    public int size() {
        return places.length;
    }
}
