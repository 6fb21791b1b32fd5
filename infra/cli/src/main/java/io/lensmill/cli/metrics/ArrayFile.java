package io.lensmill.cli.metrics;

import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.FileFault;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.format.FileFormat;
import io.lensmill.imaging.format.NpyArray;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.metrics.classification.ProbabilityRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** Arrays of .npy files, checked. Every refusal names the option, what is allowed, and what came. */
public final class ArrayFile {

    private ArrayFile() {}

    /**
     * Rows of finite numbers.
     *
     * @param option the file's option, for messages
     * @return [n, d], n and d 1 or more
     * @throws CommandFailure when the file holds nothing of the kind
     */
    public static DMatrixRMaj features(String option, Path file) {
        return matrix(option, file, "[n,d]");
    }

    /**
     * Probabilities of each class, a row per image.
     *
     * @return [n, k] of [0, 1], k 2 or more, each row with the sum 1, to within a thousandth or what
     *     the decimals of a table leave
     * @throws CommandFailure when the file holds nothing of the kind
     */
    public static DMatrixRMaj probabilities(String option, Path file) {
        DMatrixRMaj matrix = matrix(option, file, "[n,k]");
        if (matrix.numCols < 2) {
            throw new CommandFailure(option + " must have 2 classes or more; got the shape [" + matrix.numRows + ", "
                    + matrix.numCols + "].");
        }
        for (int row = 0, at = 0; row < matrix.numRows; row++) {
            double sum = 0;
            for (int column = 0; column < matrix.numCols; column++, at++) {
                double p = matrix.data[at];
                if (p < 0 || p > 1) {
                    throw new CommandFailure(option + " must be in [0, 1]; got " + p + place(row, column) + ".");
                }
                sum += p;
            }
            if (sum == 0) {
                throw new CommandFailure(
                        option + " must have a probability above 0 in each row; row " + row + " is all 0.");
            }
            Optional<String> fault = ProbabilityRows.faultOfSum(
                    sum, ProbabilityRows.tolerance(Arrays.copyOfRange(matrix.data, at - matrix.numCols, at)));
            if (fault.isPresent()) {
                throw new CommandFailure(option + ", row " + row + ": " + fault.get()
                        + " Scores of a sigmoid, or logits, are no probabilities of classes that exclude each other.");
            }
        }
        return matrix;
    }

    /**
     * Class numbers, one per row of the probabilities.
     *
     * @param rows wanted
     * @param classes k; labels are 0 to k - 1
     * @throws CommandFailure when the file holds nothing of the kind
     */
    public static int[] labels(String option, Path file, int rows, int classes) {
        NpyArray array = read(option, file);
        boolean flat = array.shape().size() == 1
                || (array.shape().size() == 2 && array.shape().get(1) == 1);
        if (!flat || array.values().length != rows) {
            throw new CommandFailure(option + " must have the shape [" + rows
                    + "], one label per row of --probabilities; got " + array.shape() + ".");
        }
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            double value = array.values()[i];
            if (!(value >= 0 && value < classes && value == Math.rint(value))) {
                throw new CommandFailure(option + " must be whole numbers from 0 to " + (classes - 1) + "; got "
                        + text(value, array.wholeNumbers()) + " at place " + i + ".");
            }
            labels[i] = (int) value;
        }
        return labels;
    }

    private static DMatrixRMaj matrix(String option, Path file, String shape) {
        NpyArray array = read(option, file);
        if (array.shape().size() != 2 || array.values().length == 0) {
            throw new CommandFailure(
                    option + " must have the shape " + shape + ", neither of them 0; got " + array.shape() + ".");
        }
        int columns = array.shape().get(1);
        for (int at = 0; at < array.values().length; at++) {
            if (!Double.isFinite(array.values()[at])) {
                throw new CommandFailure(option + " must be finite numbers; got " + array.values()[at]
                        + place(at / columns, at % columns) + ".");
            }
        }
        return DMatrixRMaj.wrap(array.shape().get(0), columns, array.values());
    }

    private static String place(int row, int column) {
        return " in row " + row + ", column " + column;
    }

    private static String text(double value, boolean whole) {
        return whole ? String.valueOf((long) value) : String.valueOf(value);
    }

    private static NpyArray read(String option, Path file) {
        try {
            if (Files.size(file) > Integer.MAX_VALUE - 16L) {
                throw new CommandFailure(
                        option + ": " + file + " must have less than 2 GiB; got " + Files.size(file) + " bytes.");
            }
            byte[] bytes = Files.readAllBytes(file);
            if (FileFormat.of(bytes).equals(Optional.of(FileFormat.NPZ))) {
                throw new CommandFailure(option + ": " + file + " is a .npz file, which holds several arrays; one .npy"
                        + " file is needed. In Python: numpy.save(\"one.npy\", numpy.load(\"" + file.getFileName()
                        + "\")[\"NAME\"])");
            }
            return NpyCodec.decodeNumbers(bytes);
        } catch (ImageFormatException e) {
            throw new CommandFailure(option + ": " + file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure(option + ": " + file + " cannot be read: " + FileFault.of(e), e);
        }
    }
}
