package io.graphqlfiles.compatibility.spring;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import io.graphqlfiles.testkit.StoreIdentity;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;

/** On WebFlux, with a store that takes nothing until it is told to. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(WebFluxApplication.class)
class SlowStoreApplication {

    @Bean
    SlowStore slowStore(@Value("${graphql.files.fs.root}") Path root) {
        return new SlowStore(FileSystemBlobStore.at(root));
    }

    /** Event loops of its own: those that all share it would stop for all when it is closed. */
    @Bean
    ReactorResourceFactory eventLoops() {
        ReactorResourceFactory eventLoops = new ReactorResourceFactory();
        eventLoops.setUseGlobalResources(false);
        return eventLoops;
    }

    /** Reads the files that it is given from the moment on that {@link #proceed} is called. */
    static final class SlowStore extends ForwardingBlobStore {

        private final CountDownLatch proceed = new CountDownLatch(1);

        SlowStore(BlobStore delegate) {
            super(delegate);
        }

        void proceed() {
            proceed.countDown();
        }

        @Override
        public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
            if (StoreIdentity.isAt(blob.key())) {
                return super.put(blob, content); // the application is to start
            }
            return super.put(blob, new FilterInputStream(content) {
                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    try {
                        proceed.await();
                    } catch (InterruptedException e) {
                        throw new IOException("interrupted", e);
                    }
                    return in.read(target, offset, length);
                }
            });
        }
    }
}
