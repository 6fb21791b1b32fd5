package io.lensmill.neural.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkSettingsTest {

    private static final String RESNET = "{'architecture':'resnet','blocks':[2,2],'width':8,'bottleneck':false,"
            + "'stemPooling':true,'dropout':0,'classes':3}";

    private static final String UNET =
            "{'architecture':'unet','dim':8,'multipliers':[1,2],'attentionHeads':2,'attentionHeadDim':4}";

    @Test
    void settingsComeBackFromTheirText() {
        ResNetConfig resNet = ResNetConfig.fromJson(RESNET.replace('\'', '"'));
        UNetConfig unet = UNetConfig.fromJson(UNET.replace('\'', '"'));

        assertThat(ResNetConfig.fromJson(resNet.toJson())).isEqualTo(resNet);
        assertThat(UNetConfig.fromJson(unet.toJson())).isEqualTo(unet);
        assertThat(resNet.blocks()).isEqualTo(List.of(2, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[2,2]|[2000000000,2]|blocks must be 1 to 8 numbers of 1 to 256; got [2000000000, 2]",
                "[2,2]|[1,1,1,1,1,1,1,1,1]|blocks must be 1 to 8 numbers",
                "[2,2]|['2']|blocks must be a list of whole numbers; got",
                "'width':8|'width':2000000000|width must be 1 to 4096 with these stages; got 2000000000",
                "'classes':3|'classes':2000000000|classes must be 2 to 10000; got 2000000000",
                "'classes':3|'classes':3,'classes':4|the name 'classes' stands twice in one object",
                "'classes':3|'classes':3,'x':[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1|it is nested deeper than 32 levels",
                "'classes':3|'classes':x|The network's settings cannot be used: it is no JSON",
            })
    void whatAResNetCannotBeIsRefusedByField(String part, String instead, String words) {
        String json = RESNET.replace(part, instead).replace('\'', '"');

        assertThatThrownBy(() -> ResNetConfig.fromJson(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'dim':8|'dim':2000000000|dim must be an even number of 4 to 8192; got 2000000000",
                "[1,2]|[1,2000000000]|multipliers must be 1 to 8 numbers of 1 to 1024 with this dim",
                "'attentionHeads':2|'attentionHeads':1000000|attentionHeads must be 1 to 8192; got 1000000",
                "'attentionHeadDim':4|'attentionHeadDim':5000|attentionHeadDim must be 1 to 4096 with these heads",
            })
    void whatAUNetCannotBeIsRefusedByField(String part, String instead, String words) {
        String json = UNET.replace(part, instead).replace('\'', '"');

        assertThatThrownBy(() -> UNetConfig.fromJson(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void aTextThatIsTooLongIsNotParsed() {
        assertThatThrownBy(() -> ResNetConfig.fromJson("[".repeat(100_000)))
                .hasMessage("The network's settings must be of at most 16384 characters; got 100000");
    }
}
