package io.graphqlfiles.storage.s3;

import static io.graphqlfiles.storage.s3.FaultyProxy.body;
import static io.graphqlfiles.storage.s3.FaultyProxy.matches;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.UploadedPart;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Listings of servers that say one thing of the next page and do another. */
@Timeout(30)
class S3ListingsTest extends BehindFaultyProxy {

    private static final String OBJECTS = "GET .*list-type=2.*";
    private static final String UPLOADS = "GET .*[?].*uploads.*";
    private static final String PARTS = "GET .*uploadId=.*";
    private static final Instant FAR_AWAY = Instant.parse("9000-01-01T00:00:00Z");
    private static final PartUpload UPLOAD = new PartUpload("staged/a", "upload");

    private S3Client client;
    private S3BlobStore store;

    @BeforeEach
    void start() {
        client = server.newClient().endpointOverride(proxy.endpoint()).build();
        store = S3BlobStore.at(client, server.bucket());
    }

    @AfterEach
    void stop() {
        client.close();
    }

    /** Of a cursor "c" that was asked for. */
    @ParameterizedTest
    @CsvSource({
        "<IsTruncated>false</IsTruncated><NextContinuationToken>d</NextContinuationToken>, ",
        "<IsTruncated>false</IsTruncated>, ",
        "<NextContinuationToken>d</NextContinuationToken>, d",
        "<NextContinuationToken></NextContinuationToken>, ",
        "<KeyCount>0</KeyCount>, ",
        "<IsTruncated>true</IsTruncated><NextContinuationToken>d</NextContinuationToken>, d"
    })
    void list_pageThatCanBeUnderstood_goesOnOrEnds(String says, String next) {
        proxy.always(matches(OBJECTS), body("<ListBucketResult>" + says + "</ListBucketResult>"));

        assertThat(store.list("staged/", "c", 10).nextCursor()).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<IsTruncated>true</IsTruncated>",
                "<IsTruncated>true</IsTruncated><NextContinuationToken></NextContinuationToken>",
                "<IsTruncated>true</IsTruncated><NextContinuationToken>c</NextContinuationToken>",
                "<NextContinuationToken>c</NextContinuationToken>"
            })
    void list_pageThatDoesNotAdvance_isAFailureOfTheStore(String says) {
        proxy.always(matches(OBJECTS), body("<ListBucketResult>" + says + "</ListBucketResult>"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.list("staged/", "c", 10))
                .withMessageStartingWith("s3 bucket test-bucket: list: expected a listing that goes on or ends")
                .matches(failure -> !failure.isRetryable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<LastModified>2030-01-01T00:00:00Z</LastModified>", "<Size>1</Size>"})
    void list_objectWithoutSizeOrTime_isAFailureOfTheStore(String facts) {
        proxy.always(
                matches(OBJECTS),
                body("<ListBucketResult><Contents><Key>staged/a</Key>" + facts + "</Contents></ListBucketResult>"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.list("staged/", null, 10))
                .matches(failure -> "staged/a".equals(failure.key()));
    }

    @Test
    void list_lastPage_isNotReadOn() {
        proxy.always(
                matches(OBJECTS),
                body(
                        "<ListBucketResult><IsTruncated>false</IsTruncated><NextContinuationToken>d</NextContinuationToken>"
                                + "<Contents><Key>staged/a</Key><Size>1</Size><LastModified>2030-01-01T00:00:00Z</LastModified>"
                                + "</Contents></ListBucketResult>"));

        BlobStore.Page page = store.list("staged/", null, 10);

        assertThat(page.blobs()).hasSize(1);
        assertThat(page.nextCursor()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<NextPartNumberMarker>0</NextPartNumberMarker>",
                "<NextPartNumberMarker>1</NextPartNumberMarker>",
            })
    void listParts_pageThatDoesNotAdvance_isAFailureOfTheStore(String says) {
        proxy.always(
                matches(PARTS),
                body("<ListPartsResult><IsTruncated>true</IsTruncated>" + says
                        + "<Part><PartNumber>1</PartNumber><Size>5</Size><ETag>\"e\"</ETag></Part></ListPartsResult>"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.listParts(UPLOAD))
                .withMessageContaining("expected a listing that goes on or ends");
        assertThat(proxy.requests()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void listParts_lastPageWithAMarker_isNotReadOn() {
        proxy.always(
                matches(PARTS),
                body("<ListPartsResult><IsTruncated>false</IsTruncated><NextPartNumberMarker>1</NextPartNumberMarker>"
                        + "<Part><PartNumber>1</PartNumber><Size>5</Size><ETag>\"e\"</ETag></Part></ListPartsResult>"));

        assertThat(store.listParts(UPLOAD)).containsExactly(new UploadedPart(1, 5, "e"));
        assertThat(proxy.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Size>5</Size><ETag>\"e\"</ETag>",
                "<PartNumber>1</PartNumber><ETag>\"e\"</ETag>",
                "<PartNumber>1</PartNumber><Size>5</Size>"
            })
    void listParts_partWithoutItsFacts_isAFailureOfTheStore(String facts) {
        proxy.always(matches(PARTS), body("<ListPartsResult><Part>" + facts + "</Part></ListPartsResult>"));

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.listParts(UPLOAD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<NextUploadIdMarker>b</NextUploadIdMarker>",
                "<NextKeyMarker>a</NextKeyMarker>",
                "<NextKeyMarker>a</NextKeyMarker><NextUploadIdMarker>b</NextUploadIdMarker>"
            })
    void removeUnfinishedWrites_pageThatDoesNotAdvance_isAFailureOfTheStore(String says) {
        proxy.always(
                matches(UPLOADS),
                body("<ListMultipartUploadsResult><IsTruncated>true</IsTruncated>" + says
                        + "</ListMultipartUploadsResult>"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.removeUnfinishedWrites(FAR_AWAY))
                .withMessageContaining("expected a listing that goes on or ends");
        assertThat(proxy.requests()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void removeUnfinishedWrites_markersInTurn_isAFailureOfTheStore() {
        for (String marker : new String[] {"a", "b", "c"}) {
            proxy.always(
                    matches(UPLOADS + "key-marker=" + marker + ".*"),
                    body("<ListMultipartUploadsResult><IsTruncated>true</IsTruncated><NextKeyMarker>"
                            + (marker.equals("c") ? "a" : (char) (marker.charAt(0) + 1))
                            + "</NextKeyMarker></ListMultipartUploadsResult>"));
        }
        proxy.next(
                1,
                matches(UPLOADS),
                body("<ListMultipartUploadsResult><IsTruncated>true</IsTruncated><NextKeyMarker>a</NextKeyMarker>"
                        + "</ListMultipartUploadsResult>"));

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.removeUnfinishedWrites(FAR_AWAY));
        assertThat(proxy.requests()).hasSizeLessThan(12);
    }

    @Test
    void removeUnfinishedWrites_uploadWithoutATime_isAFailureOfTheStore() {
        proxy.always(
                matches(UPLOADS),
                body("<ListMultipartUploadsResult><Upload><Key>staged/a</Key><UploadId>u</UploadId></Upload>"
                        + "</ListMultipartUploadsResult>"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.removeUnfinishedWrites(FAR_AWAY))
                .matches(failure -> "staged/a".equals(failure.key()));
    }
}
