# after the moves; run in the root
import re
def p(n): 
    import subprocess
    return subprocess.run(['git','ls-files','core/src/main/**/'+n+'.java'],capture_output=True,text=True).stdout.split()[0]
f=p('StoredFileJson'); s=open(f).read()
a=s.index('/** The JSON form')
s='''package io.graphqlfiles;

import io.graphqlfiles.internal.json.JsonText;
import io.graphqlfiles.spi.Visibility;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON form of a {@link StoredFile}. Readers ignore what they do not know within a version. */
final class StoredFileJson {

    private static final long VERSION = 1;

    private StoredFileJson() {}

    static String write(StoredFile file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("v", VERSION);
        json.put("store", file.store());
        json.put("key", file.key());
        json.put("name", file.fileName());
        json.put("type", file.mimeType());
        json.put("size", file.byteSize());
        json.put("created", file.createdAt().toString());
        if (file.visibility() == Visibility.PUBLIC) {
            json.put("public", true);
        }
        if (file.checksum() != null) {
            json.put("checksum", file.checksum());
        }
        return JsonText.write(json);
    }

    static StoredFile read(String text) {
        Map<String, @Nullable Object> json;
        try {
            json = JsonText.read(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "expected the JSON form of a StoredFile, found text that is not JSON", e);
        }
        Object version = json.get("v");
        if (!(version instanceof Long number) || number != VERSION) {
            throw new IllegalArgumentException("expected the JSON form of a StoredFile in version " + VERSION
                    + ", found " + (version instanceof Long ? "version " + version : "no version"));
        }
        try {
            return new StoredFile(
                    text(json, "store"),
                    text(json, "key"),
                    text(json, "name"),
                    text(json, "type"),
                    size(json),
                    Instant.parse(text(json, "created")),
                    Boolean.TRUE.equals(json.get("public")) ? Visibility.PUBLIC : Visibility.PRIVATE,
                    json.get("checksum") == null ? null : text(json, "checksum"));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\\"created\\": expected an ISO 8601 instant", e);
        }
    }

    private static String text(Map<String, @Nullable Object> json, String name) {
        if (json.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("\\"" + name + "\\": expected text in the JSON form of a StoredFile");
    }

    private static long size(Map<String, @Nullable Object> json) {
        if (json.get("size") instanceof Long size && size >= 0) {
            return size;
        }
        throw new IllegalArgumentException("\\"size\\": expected 0 or more in the JSON form of a StoredFile");
    }
}
'''
open(f,'w').write(s)
f=p('MultipartRequestException'); s=open(f).read()
a=s.index('        try {\n            return Json.MAPPER'); b=s.index('    /** The words for the client. */')
s=s[:a]+'''        return JsonText.write(
                        Map.of("errors", List.of(Map.of("message", getMessage(), "extensions", Map.of("code", code)))))
                .getBytes(StandardCharsets.UTF_8);
    }

'''+s[b:]
a=s.index('\n    /** Made when the first answer needs it'); s=s[:a]+'}\n'
s=s.replace('import com.fasterxml.jackson.core.JsonProcessingException;\n','').replace('import com.fasterxml.jackson.databind.ObjectMapper;\n','import io.graphqlfiles.internal.json.JsonText;\nimport java.nio.charset.StandardCharsets;\n')
open(f,'w').write(s)
f=p('TokenSealer'); s=open(f).read()
s=s.replace('return Json.MAPPER.readValue(object.getPayload().toBytes(), Json.CLAIMS);','return JsonText.read(object.getPayload().toString());')
a=s.index('    private static byte[] json('); b=s.index('    /** Names no secret. */')
s=s[:a]+s[b:]
a=s.index('    /** Made with the first token: at'); b=s.index('    private static final class Key {')
s=s[:a]+s[b:]
s=s.replace('new Payload(json(payload))','new Payload(JsonText.write(payload))')
s=re.sub(r'import com\.fasterxml.*\n','',s)
s=s.replace('import com.nimbusds.jose.util.Base64URL;\n','import com.nimbusds.jose.util.Base64URL;\nimport io.graphqlfiles.internal.json.JsonText;\n')
s=s.replace('Map<String, Object> open(','Map<String, @Nullable Object> open(').replace('Map<String, Object> claims = decrypt','Map<String, @Nullable Object> claims = decrypt').replace('private Map<String, Object> decrypt','private Map<String, @Nullable Object> decrypt')
open(f,'w').write(s)
