package io.lensmill.metricsworker.page.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.UnseenRecords;
import io.lensmill.embedded.quarkus.EmbeddedServersResource;
import io.lensmill.metricsworker.MetricsConfig;
import io.lensmill.metricsworker.OwnState;
import io.lensmill.metricsworker.page.PageMessages;
import io.lensmill.metricsworker.page.PagePublisher;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page as a reader has it: in Chromium, wide, narrow and dark. Its pictures stay in target/page-shots. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServersResource.class)
@TestProfile(OwnState.class)
class BrowserPageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path SHOTS = Path.of("target", "page-shots");
    private static final Path PICTURE = Path.of("..", "infra", "cli", "pictures", "demo-samples.png");
    private static final String GROUP = "lensmill-classifier-seen";
    private static final String HOSTILE = "<img src=x onerror=\"document.title='taken'\">";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @Inject
    MetricsConfig config;

    @TestHTTPResource("/")
    URI page;

    private Browser browser;

    @BeforeEach
    void openAPage() throws Exception {
        Optional<Path> program = Browser.program();
        assumeTrue(program.isPresent(), "No Chromium on the PATH: the page is not looked at (apt install chromium)");
        try (MinioObjectStore store =
                MinioObjectStore.connect(config.store().settings().orElseThrow())) {
            byte[] picture = Files.readAllBytes(PICTURE);
            store.put(ObjectKey.of("samples/made-seen/contact-sheet.png"), picture);
            store.put(ObjectKey.of("models/ddpm-seen/contact-sheet.png"), picture);
        }
        try (PagePublisher publisher = new PagePublisher(servers)) {
            publisher.evening("seen", Instant.now());
            publisher.deadLetter(HOSTILE, "WRONG_SHAPE", "The image must have two dimensions; got [3, 64, 64].", 20);
        }
        try (PagePublisher publisher = new PagePublisher(servers)) {
            publisher.unseen(new UnseenRecords("1.7", GROUP, "lensmill.images", 0, 10L, 1210L, true, Instant.now()));
            publisher.unseen(new UnseenRecords("1.7", GROUP, "lensmill.images", 1, 7L, 41L, true, Instant.now()));
            publisher.unseen(new UnseenRecords("1.7", GROUP, "lensmill.samples", 0, 0L, 1L, false, Instant.now()));
        }
        browser = Browser.start(program.get(), Files.createTempDirectory(Path.of("target"), "chromium-"));
        browser.window(1280, 900);
        browser.open(page);
        awaitText("#letters", "WRONG_SHAPE");
        awaitText("#realism", "256 images against");
        awaitText("#losses", GROUP);
    }

    @AfterEach
    void closeIt() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void showsWhatTheWorkersTell() throws Exception {
        // Then
        assertThat(text("#jobs")).contains("resnet-seen", "1,580 of 2,400 steps, epoch 7 of 12 (65 %)", "rejected");
        assertThat(text("#classification")).contains("0.969", "0.956 to 0.979", "n = 600");
        assertThat(text("#reports"))
                .contains("strange-seen", "0.967", "foreign images", "29 of 30 images are not like those");
        assertThat(text("#confusion")).contains("188", "94 %", "172");
        assertThat(text("#realism")).contains("FID floor", "2.305", "too few", "FID is mostly bias here");
        assertThat(browser.evaluate("document.querySelectorAll('#roc-title, #over-time-fid-title').length")
                        .intValue())
                .isEqualTo(2);
        assertThat(text("#losses"))
                .contains("1,234 records of lensmill.images were deleted before " + GROUP + " read them.")
                .contains("Up to 1 record of lensmill.samples was deleted before " + GROUP + " read it, or less");
        // The texts of strangers are texts, nothing else.
        assertThat(text("#letters")).contains(HOSTILE);
        assertThat(browser.evaluate("document.querySelectorAll('#letters img').length")
                        .intValue())
                .isZero();
        // Nobody else is asked for anything.
        assertThat(browser.requests()).isNotEmpty().allMatch(address -> address.startsWith(page.toString()));

        // When: a job ends while the page is open
        try (PagePublisher publisher = new PagePublisher(servers)) {
            publisher.job(
                    PageMessages.job("resnet-seen", JobKind.CLASSIFIER_TRAINING, JobState.SUCCEEDED, Instant.now())
                            .setMessage("Model resnet-seen is published")
                            .build());
        }
        // Then
        awaitText("#announcement", "Job resnet-seen succeeded.");
    }

    @Test
    void fitsEveryWindowAndScheme() throws Exception {
        for (String scheme : List.of("light", "dark")) {
            browser.colourScheme(scheme);
            for (int width : List.of(1280, 360)) {
                // When
                browser.window(width, 900);
                awaitTrue("[...document.querySelectorAll('.plot svg')].length >= 5"
                        + " && [...document.querySelectorAll('.plot svg')].every("
                        + "(svg) => svg.width.baseVal.value <= innerWidth)");
                // Then
                assertThat(browser.evaluate("document.documentElement.scrollWidth")
                                .intValue())
                        .as("%s at %d", scheme, width)
                        .isLessThanOrEqualTo(width);
                shot(scheme, width);
            }
            assertThat(browser.evaluate(CONTRASTS))
                    .as("texts too faint, %s", scheme)
                    .isEmpty();
        }
    }

    @Test
    void canBeReadWithoutSightAndMouse() {
        // When
        browser.press("Tab", 9);
        // Then
        assertThat(browser.evaluate("document.activeElement.className").textValue())
                .isEqualTo("skip");
        assertThat(browser.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)"
                        + ".filter((id, at, all) => all.indexOf(id) !== at)"))
                .as("ids used twice")
                .isEmpty();
        assertThat(browser.evaluate("document.querySelectorAll('table:not(:has(caption)), img:not([alt]),"
                                + " progress:not([aria-label]), th:not([scope]), svg[role=img]:not(:has(title, desc)),"
                                + " select:not([id]), section:not([aria-labelledby])').length")
                        .intValue())
                .as("parts without a name")
                .isZero();
        assertThat(browser.evaluate("document.querySelectorAll('h1').length").intValue())
                .isEqualTo(1);

        // When: a report is chosen with the keyboard
        browser.evaluate("document.querySelector('#reports button').focus()");
        browser.press(" ", 32);
        // Then: it is marked, and the focus stays where it was
        awaitTrue("document.activeElement.getAttribute('aria-pressed') === 'true'");
    }

    private void shot(String scheme, int width) throws Exception {
        browser.evaluate("document.querySelectorAll('img').forEach((image) => { image.loading = 'eager'; })");
        awaitTrue("[...document.querySelectorAll('.sheet img')].every((image) => image.complete)");
        awaitTrue("document.querySelector('.sheet img[src*=seen]').naturalWidth > 0");
        browser.screenshot(SHOTS.resolve((width < 600 ? "phone-" : "desktop-") + scheme + ".png"));
    }

    private void awaitText(String selector, String part) {
        await().atMost(PATIENCE).until(() -> text(selector), text -> text.contains(part));
    }

    private void awaitTrue(String expression) {
        await().atMost(PATIENCE).until(() -> browser.evaluate(expression).booleanValue());
    }

    private String text(String selector) {
        return browser.evaluate("document.querySelector('" + selector + "')?.innerText ?? ''")
                .asText();
    }

    /** Texts whose colour has less than 4.5 times the luminance of the paper behind them (WCAG 2, level AA). */
    private static final String CONTRASTS =
            """
            (() => {
              const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
                .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
                .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
              const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
              const paper = (element) => {
                for (let at = element; at; at = at.parentElement) {
                  const colour = numbers(getComputedStyle(at).backgroundColor);
                  if (colour.length === 3) { return colour; }
                }
                return [255, 255, 255];
              };
              const texts = 'h1, h2, h3, .note, .range, .badge, .tick, .reason, summary, th, a, dt';
              return [...document.querySelectorAll(texts)]
                .filter((element) => element.getClientRects().length > 0 && !element.closest('.confusion'))
                .filter((element) => {
                  const style = getComputedStyle(element);
                  const ink = light(numbers(element.closest('svg') ? style.fill : style.color));
                  const ground = light(paper(element));
                  return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05) < 4.5;
                })
                .map((element) => element.className.baseVal ?? element.className + ' ' + element.textContent);
            })()
            """;
}
