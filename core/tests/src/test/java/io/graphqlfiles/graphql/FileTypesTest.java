package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import graphql.ExecutionResult;
import io.graphqlfiles.CopyUrlOptions;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which type, encoding and name a file gets: the same in whichever of the four ways it comes. */
class FileTypesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern STAGED_KEY = Pattern.compile("staged/\\d{8}/[a-z2-7]{32}");
    private static final String SDL = """
            type Query { files: Files }
            type Files {
              any: StoredFile @file
              image: StoredFile @file(accept: ["image/*"])
              text: StoredFile @file(accept: ["text/plain", ".csv"])
            }
            type Mutation {
              any(file: StoredFileInput @file(field: "Files.any")): Boolean
              image(file: StoredFileInput @file(field: "Files.image")): Boolean
              text(file: StoredFileInput @file(field: "Files.text")): Boolean
            }
            """;

    private final List<StoredFile> received = new ArrayList<>();
    private final Catalogue catalogue = new Catalogue().sdl(SDL);
    private final HttpServer server = server();
    private byte[] served = {};
    private String servedType;

    FileTypesTest() {
        catalogue.settings(builder -> builder.tus(true)
                .authorizer(access -> true)
                .copyUrl(CopyUrlOptions.newCopyUrlOptions()
                        .allowedNetworks(List.of("127.0.0.0/8"))
                        .build()));
        for (String field : List.of("any", "image", "text")) {
            catalogue.mutation(field, environment -> received.add(environment.getArgument("file")));
        }
    }

    private HttpServer server() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                if (servedType != null) {
                    exchange.getResponseHeaders().set("Content-Type", servedType);
                }
                exchange.sendResponseHeaders(200, served.length == 0 ? -1 : served.length);
                exchange.getResponseBody().write(served);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    enum Way {
        BASE64,
        DATA_URL,
        FILE,
        COPY_URL,
        DIRECT_UPLOAD,
        PARTS,
        TUS
    }

    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    @ParameterizedTest
    @EnumSource(Way.class)
    void contentDecides_andClaimsRefine(Way way) throws IOException {
        byte[] png = Catalogue.PNG;
        byte[] document = archive("[trash]/0000.dat");
        byte[] windowsText = "Gr\u00f6\u00dfe;Stra\u00dfe\r\n".getBytes(Charset.forName("windows-1252"));
        byte[] webm = bytes("\u001aE\u00df\u00a3\u009fB\u0086\u0081\u0001B\u0082\u0084webmB\u0087\u0081\u0004", 64);

        assertThat(type(way, png, "a.png", "image/png")).isEqualTo("image/png");
        assertThat(type(way, png, "a.png", "image/jpeg")).isEqualTo("image/png");
        assertThat(type(way, png, "a.png", "application/pdf")).isEqualTo("image/png");
        assertThat(type(way, png, "a.png", "image/*")).isEqualTo("image/png");
        assertThat(type(way, png, "a.png", "image")).isEqualTo("image/png");
        assertThat(type(way, document, "a.docx", DOCX)).isEqualTo(DOCX);
        assertThat(type(way, document, "a.docx", "application/octet-stream")).isEqualTo(DOCX);
        assertThat(type(way, document, "a", DOCX)).isEqualTo(DOCX);
        assertThat(type(way, windowsText, "a.csv", "application/vnd.ms-excel")).isEqualTo("text/csv");
        assertThat(type(way, windowsText, "a.csv", "text/x-csv")).isEqualTo("text/csv");
        assertThat(type(way, bytes("MZ,Mainz\n", 0), "a.csv", "text/csv")).isEqualTo("text/csv");
        assertThat(type(way, bytes("const a: number = 1;\n", 0), "a.ts", "video/mp2t"))
                .isEqualTo("text/plain");
        assertThat(type(way, webm, "rec.webm", "video/webm;codecs=vp8,opus")).isEqualTo("video/webm");
        assertThat(type(way, webm, "rec.webm", "audio/webm; codecs=opus")).isEqualTo("audio/webm");
        assertThat(type(way, png, "a.png", "application/x-www-form-urlencoded")).isEqualTo("image/png");
        assertThat(type(way, windowsText, "a.csv", "application/txt")).isEqualTo("text/csv");
        assertThat(type(way, bytes("#!/usr/bin/env python3\n", 0), "run", "")).isEqualTo("text/x-python");
        assertThat(type(way, bytes("<?xml version='1.0'?><form/>", 0), "a.xml", "text/xml"))
                .isEqualTo("application/xml");
        assertThat(type(way, bytes("<?xml\tversion='1.0'?><script>alert(1)</script>", 0), "a.txt", "text/plain"))
                .isEqualTo("application/xml");
        assertThat(type(way, bytes("<script>alert(1)</script>", 0), "a.png", "image/png"))
                .isEqualTo("text/html");
        assertThat(type(way, bytes("<svg onload=alert(1)>", 0), "a.txt", "text/plain"))
                .isEqualTo("image/svg+xml");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void acceptJudgesTheTypeThatIsFound(Way way) throws IOException {
        assertThat(errors(way, "image", Catalogue.PNG, "a.png", "application/pdf"))
                .isEmpty();
        assertThat(errors(way, "text", bytes("a,b\n", 0), "a.csv", "application/vnd.ms-excel"))
                .isEmpty();
        // To know that a text is Markdown is no reason to refuse it where text is taken.
        assertThat(errors(way, "text", bytes("# Title\n", 0), "a.md", "text/markdown"))
                .isEmpty();
        assertThat(received).extracting(StoredFile::mimeType).containsExactly("image/png", "text/csv", "text/plain");

        assertThat(errors(way, "image", bytes("<script>alert(1)</script>", 0), "a.png", "image/png"))
                .containsExactly("Files.image does not accept text/html; it accepts image/*.");
        assertThat(errors(way, "text", bytes("<svg onload=alert(1)>", 0), "a.csv", "text/csv"))
                .containsExactly("Files.text does not accept image/svg+xml; it accepts text/plain, .csv.");
        assertThat(errors(way, "image", bytes("a,b\n", 0), "a.png", "image/png"))
                .containsExactly("Files.image does not accept text/plain; it accepts image/*.");
    }

    /** The type that is found in nothing is text: true, and no help. */
    @ParameterizedTest
    @EnumSource(
            names = {"PARTS", "TUS"},
            mode = EnumSource.Mode.EXCLUDE) // which have nothing to send
    void emptyFile_whereItsTypeIsNotAccepted_isSaidToBeEmpty(Way way) throws IOException {
        assertThat(errors(way, "image", new byte[0], "a.png", "image/png"))
                .containsExactly("The file is empty; Files.image accepts image/*.");
        assertThat(errors(way, "text", new byte[0], "a.txt", "text/plain")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void protectedDocument_isRefusedInWordsThatSaySo(Way way) throws IOException {
        assertThat(errors(way, "text", protectedDocument(), "a.csv", "text/csv"))
                .containsExactly("The file is an office document that is protected with a password, so that its kind"
                        + " cannot be seen; Files.text accepts text/plain, .csv.");
        assertThat(type(way, protectedDocument(), "a.docx", DOCX)).isEqualTo(DOCX);
    }

    @ParameterizedTest
    @CsvSource({
        "/photo.php?id=5, photo.png",
        "/photo.png, photo.png",
        "/photo.jpg, photo.png",
        "/photo, photo.png",
        "/photo.final, photo.final",
        "/, file.png",
    })
    void name_guessedFromAnAddress_suitsTheType(String path, String expected) throws IOException {
        served = Catalogue.PNG;

        assertThat(run("any", Map.of("copyURL", url(path))).getErrors()).isEmpty();

        assertThat(received).extracting(StoredFile::fileName).containsExactly(expected);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void name_thatTheClientGave_stays(Way way) throws IOException {
        assertThat(errors(way, "any", Catalogue.PNG, "report.final", "image/png"))
                .isEmpty();
        assertThat(errors(way, "any", Catalogue.PNG, "photo.php", "image/png")).isEmpty();
        assertThat(errors(way, "any", Catalogue.PNG, "photo", "image/png")).isEmpty();

        assertThat(received).extracting(StoredFile::fileName).containsExactly("report.final", "photo.php", "photo");
    }

    @Test
    void copyUrl_theServersTypeRefinesLikeAClaim() throws IOException {
        served = bytes("a,b\n1,2\n", 0);
        servedType = "text/csv; charset=utf-8";

        run("any", Map.of("copyURL", url("/export?id=5")));

        assertThat(received).extracting(StoredFile::mimeType).containsExactly("text/csv");
        assertThat(received).extracting(StoredFile::fileName).containsExactly("export.csv");
    }

    @Test
    void copyUrl_theServersEncodingCountsLikeAClaim() throws IOException {
        served = "\u540d\u524d,\u5e74\u9f62\n".getBytes(Charset.forName("Shift_JIS"));
        servedType = "text/csv; charset=Shift_JIS";

        run("any", Map.of("copyURL", url("/export?id=5")));

        assertThat(contentType(received.get(0))).isEqualTo("text/csv;charset=shift_jis");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void text_isStoredAndServedInItsEncoding(Way way) throws IOException {
        byte[] utf8 = "Gr\u00f6\u00dfe;Stra\u00dfe\r\n".getBytes(StandardCharsets.UTF_8);
        byte[] utf16 = "Gr\u00f6\u00dfe;Stra\u00dfe\r\n".getBytes(StandardCharsets.UTF_16);
        byte[] windows = "Gr\u00f6\u00dfe;Stra\u00dfe\r\n".getBytes(Charset.forName("windows-1252"));
        byte[] japanese = "\u540d\u524d,\u5e74\u9f62\r\n".getBytes(Charset.forName("Shift_JIS"));

        assertEncoding(way, utf8, "text/csv", "utf-8");
        assertEncoding(way, utf8, "text/csv; charset=windows-1252", "utf-8");
        assertEncoding(way, bytes("a,b\r\n", 0), "application/vnd.ms-excel", "utf-8");
        assertEncoding(way, utf16, "text/csv", "utf-16");
        assertEncoding(way, japanese, "text/csv; charset=Shift_JIS", "shift_jis");
        assertEncoding(way, japanese, "text/csv;header=present;charset=\"x-sjis\"", "shift_jis");
        assertEncoding(way, windows, "text/csv;charset=ISO-8859-1", "windows-1252");
        assertEncoding(way, windows, "text/csv", null);
        assertEncoding(way, windows, "text/csv; charset=utf-8", null);
        assertEncoding(way, windows, "text/csv; charset=utf-7", null);
        assertEncoding(way, windows, "text/csv; charset=iso-2022-jp", null);
        assertEncoding(way, windows, "text/csv; charset=\"koi8-r", null);
        assertEncoding(way, windows, "text/csv; charset=koi8-r; charset=gbk", null);
        assertEncoding(way, windows, "text/csv; charset=koi8-r<script>", null);
        assertEncoding(way, windows, "text/csv; charset=" + "k".repeat(900), null);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void otherContent_isStoredWithoutAnEncoding(Way way) throws IOException {
        assertThat(type(way, Catalogue.PNG, "a.png", "image/png; charset=koi8-r"))
                .isEqualTo("image/png");
        assertThat(contentType(received.get(0))).isEqualTo("image/png");
        assertThat(type(way, bytes("{}", 0), "a.json", "application/json; charset=koi8-r"))
                .isEqualTo("application/json");
        assertThat(contentType(received.get(0))).isEqualTo("application/json");
    }

    @Test
    void mimeType_ofTheMutation_hasTheLastWord() throws IOException {
        byte[] russian = "\u0418\u043c\u044f;\r\n".getBytes(Charset.forName("KOI8-R"));
        Map<String, Object> upload = stage("any", russian, "a.csv", "text/csv; charset=windows-1251");

        run("any", Map.of("directUploadToken", upload.get("token"), "mimeType", "text/csv; charset=koi8-r"));

        assertThat(contentType(received.get(0))).isEqualTo("text/csv;charset=koi8-r");
    }

    @Test
    void startFileUpload_theTypeToSend_hasNoEncoding() throws IOException {
        Map<String, Object> upload = stage("any", bytes("a", 0), "a.csv", "text/csv; charset=koi8-r");

        assertThat(upload.get("request").toString()).contains("text/csv").doesNotContain("koi8-r");
    }

    private void assertEncoding(Way way, byte[] content, String claimed, String charset) throws IOException {
        assertThat(type(way, content, "a.csv", claimed)).isEqualTo("text/csv");
        StoredFile file = received.get(0);
        assertThat(contentType(file))
                .isEqualTo(charset == null ? "text/csv;encoding=unknown" : "text/csv;charset=" + charset);
        try (FileEndpointResponse response =
                send("GET", catalogue.files().url(file).toString(), Map.of(), new byte[0])) {
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.headers())
                    .containsEntry("Content-Type", "text/csv" + (charset == null ? "" : "; charset=" + charset));
        }
    }

    private String contentType(StoredFile file) {
        return catalogue.store.stat(file.key()).contentType();
    }

    @ParameterizedTest
    @CsvSource({"text/html", "image/png", "application/octet-stream", "nonsense"})
    void copyUrl_theServersTypeIsWrong_countsForNothing(String type) throws IOException {
        served = bytes("a,b\n1,2\n", 0);
        servedType = type;

        run("any", Map.of("copyURL", url("/a.csv")));

        assertThat(received).extracting(StoredFile::mimeType).containsExactly("text/csv");
    }

    private String type(Way way, byte[] content, String fileName, String claimed) throws IOException {
        received.clear();
        assertThat(errors(way, "any", content, fileName, claimed)).isEmpty();
        return received.get(0).mimeType();
    }

    private List<String> errors(Way way, String field, byte[] content, String fileName, String claimed)
            throws IOException {
        ExecutionResult result = switch (way) {
            case BASE64 -> run(field, Map.of("base64", base64(content), "fileName", fileName, "mimeType", claimed));
            case DATA_URL ->
                run(field, Map.of("base64", "data:" + claimed + ";base64," + base64(content), "fileName", fileName));
            case FILE -> multipart(field, content, fileName, claimed);
            case COPY_URL -> copy(field, content, fileName, claimed);
            case DIRECT_UPLOAD -> claim(field, stage(field, content, fileName, claimed));
            case PARTS -> claim(field, stageInParts(field, content, fileName, claimed));
            case TUS -> claim(field, stageByTus(field, content, fileName, claimed));
        };
        return ClientError.of(result).stream().map(ClientError::message).toList();
    }

    private ExecutionResult run(String field, Map<String, Object> file) {
        return catalogue.execute("mutation($f: StoredFileInput) { " + field + "(file: $f) }", Map.of("f", file));
    }

    private ExecutionResult copy(String field, byte[] content, String fileName, String claimed) {
        served = content;
        return run(field, Map.of("copyURL", url("/x"), "fileName", fileName, "mimeType", claimed));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private ExecutionResult claim(String field, Map<String, Object> upload) {
        return run(field, Map.of("directUploadToken", upload.get("token")));
    }

    private Map<String, Object> start(String field, byte[] content, String fileName, String claimed, boolean inParts) {
        Map<String, Object> input = Map.of(
                "field", "Files." + field,
                "fileName", fileName,
                "mimeType", claimed,
                "byteSize", content.length,
                "inParts", inParts);
        return Catalogue.dataOf(
                catalogue.execute(
                        "mutation($i: StartFileUploadInput!) { startFileUpload(input: $i)"
                                + " { token tusUrl request { url headers { value } } parts { request { url } } } }",
                        Map.of("i", input)),
                "startFileUpload");
    }

    private Map<String, Object> stageInParts(String field, byte[] content, String fileName, String claimed)
            throws IOException {
        Map<String, Object> upload = start(field, content, fileName, claimed, true);
        Map<?, ?> part = (Map<?, ?>) ((List<?>) upload.get("parts")).get(0);
        String url = ((Map<?, ?>) part.get("request")).get("url").toString();
        try (FileEndpointResponse response = send("PUT", url, Map.of(), content)) {
            assertThat(response.status()).isEqualTo(200);
        }
        return upload;
    }

    private Map<String, Object> stageByTus(String field, byte[] content, String fileName, String claimed)
            throws IOException {
        Map<String, Object> upload = start(field, content, fileName, claimed, true);
        Map<String, String> headers = Map.of(
                "Tus-Resumable", "1.0.0", "Upload-Offset", "0", "Content-Type", "application/offset+octet-stream");
        try (FileEndpointResponse response = send("PATCH", upload.get("tusUrl").toString(), headers, content)) {
            assertThat(response.status()).isEqualTo(204);
        }
        return upload;
    }

    private FileEndpointResponse send(String method, String url, Map<String, String> headers, byte[] body)
            throws IOException {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        String below = url.substring("/files".length());
        int query = below.indexOf('?');
        return catalogue
                .files()
                .server()
                .fileEndpoint()
                .handle(new FileEndpointRequest(
                        method,
                        query < 0 ? below : below.substring(0, query),
                        query < 0 ? null : below.substring(query + 1),
                        byName::get,
                        new ByteArrayInputStream(body),
                        body.length));
    }

    private Map<String, Object> stage(String field, byte[] content, String fileName, String claimed)
            throws IOException {
        Map<String, Object> upload = start(field, content, fileName, claimed, false);
        Matcher key = STAGED_KEY.matcher(upload.get("request").toString());
        assertThat(key.find()).isTrue();
        catalogue.store.put(
                new PutRequest(
                        key.group(), content.length, "application/octet-stream", "attachment", Visibility.PRIVATE),
                new ByteArrayInputStream(content));
        return upload;
    }

    private ExecutionResult multipart(String field, byte[] content, String fileName, String claimed)
            throws IOException {
        String query = "mutation($f: StoredFileInput) { " + field + "(file: $f) }";
        String head = "--b\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{\"query\": "
                + JSON.writeValueAsString(query) + ", \"variables\": {\"f\": {\"file\": null}}}"
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n{\"0\": [\"variables.f.file\"]}"
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"0\"; filename=\"" + fileName
                + "\"\r\nContent-Type: " + claimed + "\r\n\r\n";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
        catalogue.graphQl(); // requests are compared with the schema
        try (GraphQLMultipartRequest request = catalogue
                .files()
                .server()
                .openMultipartRequest(
                        "multipart/form-data; boundary=b",
                        header -> header.equalsIgnoreCase("GraphQL-Preflight") ? "1" : null,
                        new ByteArrayInputStream(body.toByteArray()))) {
            Map<?, ?> operation = JSON.readValue(request.operations(), Map.class);
            Map<String, Object> variables = new LinkedHashMap<>();
            ((Map<?, ?>) operation.get("variables")).forEach((name, value) -> variables.put(name.toString(), value));
            return catalogue.execute(query, variables);
        }
    }

    private static String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(content);
    }

    /** Latin-1, and zeros behind it. */
    private static byte[] bytes(String text, int zeros) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(new byte[zeros]);
        return out.toByteArray();
    }

    /** A compound file (MS-CFB) of header, allocation table and a directory with the streams of MS-OFFCRYPTO. */
    private static byte[] protectedDocument() {
        ByteBuffer file = ByteBuffer.allocate(512 * 3).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(0, 0xe11ab1a1e011cfd0L)
                .putShort(0x1e, (short) 9)
                .putInt(0x2c, 1)
                .putInt(0x30, 1);
        file.putInt(0x44, -2).putInt(0x4c, 0);
        for (int i = 1; i < 109; i++) {
            file.putInt(0x4c + 4 * i, -1);
        }
        file.putInt(512, -3).putInt(516, -2);
        List<String> names = List.of("Root Entry", "EncryptionInfo", "EncryptedPackage");
        for (int i = 0; i < names.size(); i++) {
            int entry = 1024 + 128 * i;
            byte[] name = (names.get(i) + "\0").getBytes(StandardCharsets.UTF_16LE);
            file.position(entry).put(name);
            file.putShort(entry + 0x40, (short) name.length).put(entry + 0x42, (byte) (i == 0 ? 5 : 2));
            file.putInt(entry + 0x44, -1).putInt(entry + 0x48, i == 1 ? 2 : -1).putInt(entry + 0x4c, i == 0 ? 1 : -1);
        }
        return file.array();
    }

    /** An archive whose first entry fills all of it that is looked at. */
    private static byte[] archive(String first) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(0);
            zip.putNextEntry(new ZipEntry(first));
            zip.write(new byte[70_000]);
            zip.putNextEntry(new ZipEntry("word/document.xml"));
        }
        return out.toByteArray();
    }
}
