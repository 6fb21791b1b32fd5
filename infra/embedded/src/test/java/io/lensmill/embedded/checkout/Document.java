package io.lensmill.embedded.checkout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A Markdown file of the checkout.
 *
 * @param file its path from the root
 * @param text what it says
 */
record Document(Path file, String text) {

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern LINK = Pattern.compile("(?:]\\(|<img src=\")([^)\"\\s]+)");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

    static List<Document> all() throws IOException {
        List<Path> files = Checkout.files().stream()
                .filter(file -> file.toString().endsWith(".md"))
                .toList();
        List<Document> documents = new ArrayList<>();
        for (Path file : files) {
            documents.add(of(file));
        }
        return documents;
    }

    static Document of(Path file) throws IOException {
        return new Document(file, Files.readString(Checkout.path(file.toString())));
    }

    /** What its links to other files of the checkout lead to, as absolute paths; places inside a file left out. */
    List<Path> linkedFiles() {
        return matches(LINK).stream()
                .filter(link -> !link.matches("[a-z]+:.*"))
                .map(link -> link.replaceFirst("#.*", ""))
                .filter(link -> !link.isEmpty())
                .map(link -> Checkout.path(file.toString()).resolveSibling(link).normalize())
                .toList();
    }

    /** Words in code type that are a path from the root; {@code *} and {@code {a,b}} may stand for several. */
    List<String> namedPaths(List<String> topFolders) {
        return matches(CODE).stream()
                .filter(word -> word.matches("[A-Za-z0-9._*{},/-]+") && !word.contains("/target/"))
                .filter(word -> topFolders.stream().anyMatch(folder -> word.startsWith(folder + "/")))
                .map(word -> word.replaceFirst("/$", ""))
                .toList();
    }

    /** The text from the line of a heading to the next heading of any level. */
    String section(String heading) {
        Pattern section = Pattern.compile("(?ms)^#+ " + Pattern.quote(heading) + "$(.*?)(?=^#|\\z)");
        return section.matcher(text)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(file + " has no heading '" + heading + "'"));
    }

    private List<String> matches(Pattern pattern) {
        return pattern.matcher(CODE_BLOCK.matcher(text).replaceAll(""))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
