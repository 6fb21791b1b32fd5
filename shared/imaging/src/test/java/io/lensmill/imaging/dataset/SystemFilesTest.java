package io.lensmill.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemFilesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".DS_Store",
                "train/no/._00000.npy",
                "__MACOSX/train/no/._00000.npy",
                "__MACOSX/train/no/00000.npy",
                "train/no/.ipynb_checkpoints/00000-checkpoint.npy",
                "train/no/Thumbs.db",
                "train/THUMBS.DB",
                "train/no/desktop.ini",
                "@eaDir/00000.npy/SYNOPHOTO_THUMB.png",
                "$RECYCLE.BIN/x.npy",
                "System Volume Information/x.png",
                "__pycache__/read.pyc",
                "train/no/~$list.xlsx",
                ".git/objects/ab/x"
            })
    void whatProgramsLeaveIsTold(String path) {
        assertThat(SystemFiles.contain(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"train/no/00000.npy", "a.npy", "train/no/x.y.fits", "macosx/a.npy", "thumbs/a.png"})
    void imagesAreNot(String path) {
        assertThat(SystemFiles.contain(path)).isFalse();
    }
}
