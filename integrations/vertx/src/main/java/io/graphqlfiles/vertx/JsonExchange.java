package io.graphqlfiles.vertx;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.LanguageHeader;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.ParsedHeaderValue;
import io.vertx.ext.web.ParsedHeaderValues;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.ParsableMIMEValue;
import io.vertx.ext.web.impl.RoutingContextDecorator;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.util.Collection;
import java.util.List;

/** A multipart request as the handler behind sees it: one whose body is JSON, and was read. */
final class JsonExchange extends RoutingContextDecorator {

    private JsonExchange(RoutingContextInternal exchange) {
        super(exchange.currentRoute(), exchange);
    }

    static RoutingContext of(RoutingContext exchange, byte[] json) {
        RoutingContextInternal read = (RoutingContextInternal) exchange;
        read.visitHandler(RoutingContextInternal.BODY_HANDLER);
        read.setBody(Buffer.buffer(json));
        return new JsonExchange(read);
    }

    @Override
    public ParsedHeaderValues parsedHeaders() {
        return new JsonHeaders(super.parsedHeaders());
    }

    private record JsonHeaders(ParsedHeaderValues headers) implements ParsedHeaderValues {

        @Override
        public MIMEHeader contentType() {
            return new ParsableMIMEValue("application/json").forceParse();
        }

        @Override
        public List<MIMEHeader> accept() {
            return headers.accept();
        }

        @Override
        public List<ParsedHeaderValue> acceptCharset() {
            return headers.acceptCharset();
        }

        @Override
        public List<ParsedHeaderValue> acceptEncoding() {
            return headers.acceptEncoding();
        }

        @Override
        public List<LanguageHeader> acceptLanguage() {
            return headers.acceptLanguage();
        }

        @Override
        public MIMEHeader findBestUserAcceptedIn(List<MIMEHeader> accepted, Collection<MIMEHeader> in) {
            return headers.findBestUserAcceptedIn(accepted, in);
        }
    }
}
