package io.lensmill.neural.weights;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Kinds of files that are taken for safetensors, told by their first bytes, and what to do with each. */
enum FileKind {
    PYTORCH_ZIP("it is a PyTorch checkpoint, as torch.save writes it; " + Advice.PYTORCH),
    PYTORCH_PICKLE("it is a pickle, as older versions of torch.save write it; " + Advice.PYTORCH),
    ZIP("it is a zip archive; unpack it, and give the .safetensors file"),
    GZIP("it is packed with gzip; unpack it, and give the .safetensors file"),
    ZSTANDARD("it is packed with zstd; unpack it, and give the .safetensors file"),
    BZIP2("it is packed with bzip2; unpack it, and give the .safetensors file"),
    XZ("it is packed with xz; unpack it, and give the .safetensors file"),
    HDF5("it is HDF5, as Keras writes it; " + Advice.OTHERS),
    ONNX("it is an ONNX model; " + Advice.OTHERS),
    GGUF("it is GGUF, as llama.cpp reads it; " + Advice.OTHERS),
    NUMPY("it is a NumPy array; " + Advice.OTHERS),
    GIT_LFS("it is the pointer that Git LFS leaves in place of a large file; fetch the file with 'git lfs pull'"),
    HTML("it is a web page; the download gave a page instead of the file"),
    JSON("it is JSON, such as the index of a model in several parts; give the .safetensors file itself, in one part"),
    TAR("it is a tar archive; unpack it, and give the .safetensors file");

    /** What most of them have in common. */
    private static final class Advice {
        private static final String PYTORCH =
                "load it with torch.load and write its state dict with safetensors.torch.save_file";
        private static final String OTHERS =
                "write its weights with safetensors, under the names that 'lensmill model export' writes";
    }

    private static final int BEGINNING = 1024;
    private static final int TAR_MAGIC_OFFSET = 257;

    private final String advice;

    FileKind(String advice) {
        this.advice = advice;
    }

    /** What the file is and what to do, as a clause about "it". */
    String advice() {
        return advice;
    }

    /** Empty where the first bytes tell nothing. */
    static Optional<FileKind> of(byte[] file) {
        String start = new String(Arrays.copyOf(file, Math.min(file.length, BEGINNING)), StandardCharsets.ISO_8859_1);
        if (start.startsWith("PK\3\4")) {
            return Optional.of(start.contains("/data.pkl") || start.contains("/version") ? PYTORCH_ZIP : ZIP);
        }
        if (start.matches("(?s)\\x80[\\x02-\\x05].*")) {
            return Optional.of(PYTORCH_PICKLE);
        }
        // ONNX has no magic number: a protobuf of version 1 to 30, then a producer, a domain or a graph.
        if (start.matches("(?s)\\x08[\\x01-\\x1e][\\x12\\x1a\\x22\\x3a\\x42].*")) {
            return Optional.of(ONNX);
        }
        if (start.startsWith("ustar", TAR_MAGIC_OFFSET)) {
            return Optional.of(TAR);
        }
        return Optional.ofNullable(byMagic(start)).or(() -> Optional.ofNullable(byText(start)));
    }

    private static FileKind byMagic(String start) {
        if (start.startsWith("\u001f\u008b")) {
            return GZIP;
        }
        if (start.startsWith("(\u00b5/\u00fd")) {
            return ZSTANDARD;
        }
        if (start.startsWith("BZh")) {
            return BZIP2;
        }
        if (start.startsWith("\u00fd7zXZ")) {
            return XZ;
        }
        if (start.startsWith("\u0089HDF")) {
            return HDF5;
        }
        if (start.startsWith("GGUF")) {
            return GGUF;
        }
        return start.startsWith("\u0093NUMPY") ? NUMPY : null;
    }

    private static FileKind byText(String start) {
        String text = start.stripLeading().toLowerCase(Locale.ROOT);
        if (text.startsWith("version https://git-lfs")) {
            return GIT_LFS;
        }
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return HTML;
        }
        return text.startsWith("{") ? JSON : null;
    }
}
