package io.graphqlfiles.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.UserDelegationKey;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.sas.SasProtocol;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Our signatures are, byte for byte, those of the vendor's generator. */
class VendorSignatureTest {

    private static final String ACCOUNT = "pictures";
    private static final StorageSharedKeyCredential KEY = new StorageSharedKeyCredential(
            ACCOUNT, Base64.getEncoder().encodeToString(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, (byte) 0xfb, (byte) 0xff}));
    private static final BlobClient BLOB = new BlobServiceClientBuilder()
            .endpoint("https://pictures.blob.core.windows.net")
            .credential(KEY)
            .buildClient()
            .getBlobContainerClient("files")
            .getBlobClient("app/public/a_b-c");
    private static final Instant SIGNED_AT = Instant.parse("2030-02-03T04:05:06Z");
    private static final UserDelegationKey DELEGATED = new UserDelegationKey()
            .setSignedObjectId("11111111-2222-3333-4444-555555555555")
            .setSignedTenantId("66666666-7777-8888-9999-000000000000")
            .setSignedStart(OffsetDateTime.ofInstant(SIGNED_AT, ZoneOffset.UTC))
            .setSignedExpiry(OffsetDateTime.ofInstant(SIGNED_AT.plusSeconds(7 * 24 * 3600), ZoneOffset.UTC))
            .setSignedService("b")
            .setSignedVersion("2023-11-03")
            .setValue(Base64.getEncoder().encodeToString(new byte[] {9, 8, 7, 6, 5, 4, 3, 2, 1}));

    static Stream<Arguments> requests() {
        return Stream.of("r", "c", "w")
                .flatMap(permission -> Stream.of(
                                null,
                                "attachment",
                                "inline; filename=\"a b+c&d=e%~.png\"; filename*=UTF-8''%E2%82%AC.png")
                        .flatMap(disposition ->
                                Stream.of(true, false).map(https -> Arguments.of(permission, disposition, https))));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void accountKey(String permission, String disposition, boolean https) {
        UrlSigner signer = new UrlSigner(() -> SigningKey.of(KEY), ACCOUNT, https);

        for (Instant end : new Instant[] {SIGNED_AT.plusSeconds(1), SIGNED_AT.plusMillis(3_600_999)}) {
            assertThat(signer.sign(permission, "files/app/public/a_b-c", disposition, end)
                            .query())
                    .isEqualTo(BLOB.generateSas(values(permission, disposition, https, end)));
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void userDelegationKey(String permission, String disposition, boolean https) {
        UrlSigner signer = new UrlSigner(() -> SigningKey.of(ACCOUNT, DELEGATED), ACCOUNT, https);
        Instant end = SIGNED_AT.plusSeconds(3600);

        assertThat(signer.sign(permission, "files/app/public/a_b-c", disposition, end)
                        .query())
                .isEqualTo(BLOB.generateUserDelegationSas(values(permission, disposition, https, end), DELEGATED));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void userDelegationKey_expiresFirst_soDoesWhatItSigns(String permission, String disposition, boolean https) {
        UrlSigner signer = new UrlSigner(() -> SigningKey.of(ACCOUNT, DELEGATED), ACCOUNT, https);

        UrlSigner.Signature signature =
                signer.sign(permission, "files/key", disposition, SIGNED_AT.plusSeconds(8 * 24 * 3600));

        assertThat(signature.expiresAt()).isEqualTo(DELEGATED.getSignedExpiry().toInstant());
    }

    private static BlobServiceSasSignatureValues values(
            String permission, String disposition, boolean https, Instant end) {
        BlobServiceSasSignatureValues values = new BlobServiceSasSignatureValues(
                OffsetDateTime.ofInstant(end, ZoneOffset.UTC), BlobSasPermission.parse(permission));
        if (https) {
            values.setProtocol(SasProtocol.HTTPS_ONLY);
        }
        return disposition == null ? values : values.setContentDisposition(disposition);
    }
}
