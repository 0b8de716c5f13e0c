package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.testkit.FaultyBlobStore;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.reactivestreams.FlowAdapters;
import org.slf4j.LoggerFactory;

/** What becomes of stored files when the data fetcher succeeds or fails, in each way in which it can. */
class FieldOutcomeTest {

    private static final String SDL = """
            type Query { ok: Boolean }
            type Mutation { set(first: StoredFileInput, second: StoredFileInput): String }
            type Subscription { set(first: StoredFileInput): String }
            """;
    private static final String ONE = "mutation { set(first: {base64: \"QQ==\"}) }";
    private static final String TWO = "mutation { set(first: {base64: \"QQ==\"}, second: {base64: \"Qg==\"}) }";

    private final Catalogue catalogue = new Catalogue().sdl(SDL);
    private final FaultyBlobStore faulty = new FaultyBlobStore(catalogue.store);
    private final AtomicReference<Throwable> handled = new AtomicReference<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void readTheLog() {
        log.start();
        ((Logger) LoggerFactory.getLogger("io.graphqlfiles")).addAppender(log);
    }

    @AfterEach
    void leaveTheLog() {
        ((Logger) LoggerFactory.getLogger("io.graphqlfiles")).detachAppender(log);
    }

    /** The same outcomes in the calling thread and with an executor. */
    abstract class Outcomes {

        abstract void configure(Catalogue catalogue);

        @BeforeEach
        void configure() {
            configure(catalogue.store(faulty));
        }

        @Test
        void value_kept() {
            assertThat(Catalogue.<String>dataOf(run(environment -> "done"), "set"))
                    .isEqualTo("done");
            assertStored(1);
        }

        @Test
        void null_isASuccess() {
            assertThat(run(environment -> null).getErrors()).isEmpty();
            assertStored(1);
        }

        @Test
        void future_kept() {
            assertThat(Catalogue.<String>dataOf(run(environment -> CompletableFuture.completedFuture("done")), "set"))
                    .isEqualTo("done");
            assertStored(1);
        }

        @Test
        void future_completedLater() {
            Deque<CompletableFuture<String>> pending = new ArrayDeque<>();
            CompletableFuture<String> mine = new CompletableFuture<>();
            CompletableFuture<ExecutionResult> result = start(environment -> {
                pending.add(mine);
                return mine;
            });
            mine.complete("done");

            assertThat(Catalogue.<String>dataOf(result.join(), "set")).isEqualTo("done");
            assertThat(pending).hasSize(1);
            assertStored(1);
        }

        @Test
        void unchecked_thrown() {
            assertFailed(new IllegalStateException("no"), environment -> {
                throw new IllegalStateException("no");
            });
        }

        @Test
        void checked_thrown() {
            assertFailed(new IOException("no"), environment -> {
                throw new IOException("no");
            });
        }

        @Test
        void future_failed() {
            assertFailed(
                    new IllegalStateException("no"),
                    environment -> CompletableFuture.failedFuture(new IllegalStateException("no")));
        }

        @Test
        void future_failedLater() {
            CompletableFuture<String> mine = new CompletableFuture<>();
            CompletableFuture<ExecutionResult> result = start(environment -> mine);
            mine.completeExceptionally(new IOException("no"));

            assertThat(result.join().getErrors()).hasSize(1);
            assertThat(handled.get()).isExactlyInstanceOf(IOException.class);
            assertStored(0);
        }

        @Test
        void future_failedInAChain_withoutTheWrapping() {
            assertFailed(
                    new IllegalStateException("no"),
                    environment -> CompletableFuture.completedFuture("a").thenApply(value -> {
                        throw new IllegalStateException("no");
                    }));
        }

        @Test
        void future_cancelled() {
            CompletableFuture<String> mine = new CompletableFuture<>();
            CompletableFuture<ExecutionResult> result = start(environment -> mine);
            mine.cancel(true);

            assertThat(result.join().getErrors()).hasSize(1);
            assertThat(handled.get()).isInstanceOf(CancellationException.class);
            assertStored(0);
        }

        @Test
        void stage_thatIsNoFuture() {
            assertThat(Catalogue.<String>dataOf(run(environment -> CompletableFuture.completedStage("done")), "set"))
                    .isEqualTo("done");
            assertStored(1);
        }

        @Test
        void stage_failed() {
            assertFailed(
                    new IllegalStateException("no"),
                    environment -> CompletableFuture.failedStage(new IllegalStateException("no")));
        }

        @Test
        void stage_withErrorsAndNoData() {
            ExecutionResult result = run(environment -> CompletableFuture.completedStage(withError(null)));

            assertThat(result.getErrors())
                    .extracting(error -> error.getMessage())
                    .containsExactly("refused");
            assertStored(0);
        }

        @Test
        void publisher_value() {
            assertThat(Catalogue.<String>dataOf(run(environment -> publisher(emitting("done"))), "set"))
                    .isEqualTo("done");
            assertStored(1);
        }

        @Test
        void publisher_ofReactiveStreams() {
            assertThat(Catalogue.<String>dataOf(
                            run(environment -> FlowAdapters.toPublisher(publisher(emitting("done")))), "set"))
                    .isEqualTo("done");
            assertStored(1);
        }

        @Test
        void publisher_empty() {
            assertThat(run(environment -> publisher(Flow.Subscriber::onComplete))
                            .getErrors())
                    .isEmpty();
            assertStored(1);
        }

        @Test
        void publisher_failed() {
            assertFailed(
                    new IllegalStateException("no"),
                    environment -> publisher(subscriber -> subscriber.onError(new IllegalStateException("no"))));
        }

        @Test
        void publisher_failsAfterItsElement_asWhenACommitFails() {
            assertFailed(
                    new IllegalStateException("no"),
                    environment -> publisher(subscriber -> {
                        subscriber.onNext("done");
                        subscriber.onError(new IllegalStateException("no"));
                    }));
        }

        @Test
        void publisher_ofSeveral_givesTheFirst() {
            assertThat(Catalogue.<String>dataOf(
                            run(environment -> publisher(subscriber -> {
                                subscriber.onNext("first");
                                subscriber.onNext("second");
                            })),
                            "set"))
                    .isEqualTo("first");
            assertStored(1);
        }

        @Test
        void publisher_thatCannotBeSubscribedTo() {
            assertFailed(new IllegalStateException("no"), environment -> (Flow.Publisher<String>) subscriber -> {
                throw new IllegalStateException("no");
            });
        }

        @Test
        void errorsAndNoData() {
            ExecutionResult result = run(environment -> withError(null));

            assertThat(result.getErrors())
                    .extracting(error -> error.getMessage())
                    .containsExactly("refused");
            assertStored(0);
        }

        @Test
        void errorsAndData_kept() {
            ExecutionResult result = run(environment -> withError("partly"));

            assertThat(result.getErrors()).hasSize(1);
            assertThat(result.<Map<String, Object>>getData()).containsEntry("set", "partly");
            assertStored(1);
        }

        @Test
        void resultWithoutErrorsOrData_kept() {
            assertThat(run(environment -> DataFetcherResult.newResult().build()).getErrors())
                    .isEmpty();
            assertStored(1);
        }

        @Test
        void fileException_thrown() {
            ExecutionResult result = run(environment -> {
                throw FileException.invalid("Too blurry.");
            });

            assertThat(ClientError.of(result))
                    .containsExactly(new ClientError("Too blurry.", List.of("set"), "FILE_INVALID", null));
            assertStored(0);
        }

        @Test
        void fileException_inAFuture() {
            ExecutionResult result = run(environment -> CompletableFuture.supplyAsync(
                    () -> {
                        throw new FileException(FileErrorCode.FILE_UPLOAD_CONSUMED, "Twice.");
                    },
                    Runnable::run));

            assertThat(ClientError.of(result))
                    .containsExactly(new ClientError("Twice.", List.of("set"), "FILE_UPLOAD_CONSUMED", null));
            assertStored(0);
        }

        @Test
        void fileException_asACause() {
            ExecutionResult result = run(environment -> {
                throw new CompletionException(new IOException(FileException.invalid("%s of %d")));
            });

            assertThat(ClientError.of(result))
                    .containsExactly(new ClientError("%s of %d", List.of("set"), "FILE_INVALID", null));
        }

        @Test
        void exception_thatIsItsOwnCause() {
            Exception first = new IOException("first");
            Exception second = new IOException("second", first);
            first.initCause(second);

            run(environment -> {
                throw first;
            });

            assertThat(handled.get()).isSameAs(first);
            assertStored(0);
        }

        @Test
        void second_refused_firstIsDeleted() {
            ExecutionResult result = execute(
                    "mutation { set(first: {base64: \"QQ==\"}, second: {base64: \"Q*==\"}) }", environment -> "never");

            assertThat(ClientError.of(result))
                    .containsExactly(new ClientError(
                            "The text is not base64: it has \"*\" at character 2; expected A-Z, a-z, 0-9, + and / (or - and"
                                    + " _), and = at the end only.",
                            List.of("set"),
                            "FILE_BASE64_INVALID",
                            List.of("second")));
            assertThat(faulty.calls(Operation.PUT)).isEqualTo(1);
            assertThat(faulty.calls(Operation.DELETE)).isEqualTo(1);
            assertStored(0);
        }

        @Test
        void store_failsOnTheSecondFile() {
            catalogue.settings(also(builder -> builder.filesAtOnce(1)));
            faulty.fail(Operation.PUT).atCall(2).before();

            assertUnavailable(execute(TWO, environment -> "never"), "second");
        }

        @Test
        void store_failsHalfWay() {
            faulty.fail(Operation.PUT).afterBytes(0);

            assertUnavailable(run(environment -> "never"), "first");
        }

        @Test
        void store_answerLost() {
            faulty.fail(Operation.PUT).after();

            assertUnavailable(run(environment -> "never"), "first");
        }

        @Test
        void validator_refuses() {
            catalogue.settings(also(builder -> builder.validator(file -> {
                throw FileException.invalid("Infected.");
            })));
            ExecutionResult result = run(environment -> "never");

            assertThat(ClientError.of(result))
                    .containsExactly(new ClientError("Infected.", List.of("set"), "FILE_INVALID", List.of("first")));
            assertStored(0);
        }

        @Test
        void validator_throws() {
            catalogue.settings(also(builder -> builder.validator(file -> {
                throw new IllegalStateException("scanner broken");
            })));
            ExecutionResult result = run(environment -> "never");

            assertCheckFailed(result);
            assertStored(0);
        }

        @Test
        void validator_cannotRead() {
            catalogue.settings(also(builder -> builder.validator(file -> {
                throw new IOException("scanner away");
            })));
            ExecutionResult result = run(environment -> "never");

            assertCheckFailed(result);
            assertStored(0);
        }

        private void assertCheckFailed(ExecutionResult result) {
            assertThat(ClientError.of(result))
                    .containsExactly(new ClientError(
                            "The file could not be checked; try again later.",
                            List.of("set"),
                            "FILE_CHECK_FAILED",
                            List.of("first")));
        }

        @Test
        void deletion_failing_isLoggedAndTheOriginalErrorStays() {
            faulty.fail(Operation.DELETE).before();

            run(environment -> {
                throw new IllegalStateException("no");
            });

            assertThat(handled.get())
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("no");
            assertThat(handled.get().getSuppressed()).isEmpty();
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .contains("Blobs " + catalogue.store.keys()
                            + " of store default could not be deleted after the field failed; they are left behind");
        }

        private Consumer<io.graphqlfiles.engine.GraphQLFiles.Builder> also(
                Consumer<io.graphqlfiles.engine.GraphQLFiles.Builder> settings) {
            return builder -> {
                this.settings(builder);
                settings.accept(builder);
            };
        }

        abstract void settings(io.graphqlfiles.engine.GraphQLFiles.Builder builder);

        private void assertFailed(Exception expected, DataFetcher<?> fetcher) {
            ExecutionResult result = run(fetcher);

            assertThat(result.getErrors()).hasSize(1);
            assertThat(handled.get()).isExactlyInstanceOf(expected.getClass()).hasMessage(expected.getMessage());
            assertStored(0);
        }

        private void assertUnavailable(ExecutionResult result, String argument) {
            assertThat(ClientError.of(result))
                    .containsExactly(new ClientError(
                            "The file could not be stored; try again later.",
                            List.of("set"),
                            "FILE_STORE_UNAVAILABLE",
                            List.of(argument)));
            assertStored(0);
        }
    }

    @Nested
    class InTheCallingThread extends Outcomes {

        @Override
        void configure(Catalogue catalogue) {}

        @Override
        void settings(io.graphqlfiles.engine.GraphQLFiles.Builder builder) {}

        @Test
        void error_thrown() {
            ExecutionResult result = null;
            Throwable thrown = null;
            try {
                result = run(environment -> {
                    throw new StackOverflowError("deep");
                });
            } catch (StackOverflowError e) {
                thrown = e;
            } catch (CompletionException e) {
                thrown = e.getCause();
            }

            // Newer engines hand errors to the handler, older ones let them pass.
            assertThat(result == null ? thrown : handled.get()).isInstanceOf(StackOverflowError.class);
            assertStored(0);
        }

        @Test
        void fetcher_runsInTheCallingThread() {
            AtomicReference<Thread> thread = new AtomicReference<>();
            run(environment -> {
                thread.set(Thread.currentThread());
                return "done";
            });

            assertThat(thread.get()).isSameAs(Thread.currentThread());
        }

        @Test
        void engineGivesUpTheFuture_theOutcomeDecidesAllTheSame() {
            CompletableFuture<String> mine = new CompletableFuture<>();
            CompletableFuture<ExecutionResult> result = start(environment -> mine);
            result.cancel(true);
            mine.completeExceptionally(new IllegalStateException("no"));

            assertStored(0);
        }
    }

    @Nested
    class WithAnExecutor extends Outcomes {

        private final ExecutorService executor = Executors.newSingleThreadExecutor();

        @Override
        void configure(Catalogue catalogue) {
            catalogue.settings(this::settings);
        }

        @Override
        void settings(io.graphqlfiles.engine.GraphQLFiles.Builder builder) {
            builder.executor(executor);
        }

        @AfterEach
        void shutDown() {
            executor.shutdownNow();
        }

        @Test
        void error_thrown() {
            run(environment -> {
                throw new StackOverflowError("deep");
            });

            assertThat(handled.get()).isInstanceOf(StackOverflowError.class);
            assertStored(0);
        }

        @Test
        void fetcher_runsInTheExecutorsThread() {
            AtomicReference<Thread> thread = new AtomicReference<>();
            run(environment -> {
                thread.set(Thread.currentThread());
                return "done";
            });

            assertThat(thread.get()).isNotNull().isNotSameAs(Thread.currentThread());
        }

        @Test
        void executor_rejects() {
            executor.shutdown();

            ExecutionResult result = run(environment -> "never");

            assertThat(ClientError.of(result))
                    .containsExactly(new ClientError(
                            "The server has too much to do; try again later.",
                            List.of("set"),
                            "FILE_SERVER_BUSY",
                            null));
            assertStored(0);
        }

        @Test
        void executor_runsInTheCallersThread() {
            catalogue.settings(builder -> builder.executor(Runnable::run));

            assertThat(Catalogue.<String>dataOf(run(environment -> "done"), "set"))
                    .isEqualTo("done");
        }
    }

    @Nested
    class DataLoaders {

        @Test
        void loadedInTheFetcher_areDispatched() {
            assertThat(Catalogue.<String>dataOf(runWithLoader(), "set")).isEqualTo("loaded QQ");
            assertStored(1);
        }

        @Test
        void loadedInAnExecutorsThread_areDispatched() {
            ExecutorService executor = Executors.newSingleThreadExecutor();
            try {
                catalogue.settings(builder -> builder.executor(executor));

                assertThat(Catalogue.<String>dataOf(runWithLoader(), "set")).isEqualTo("loaded QQ");
                assertStored(1);
            } finally {
                executor.shutdownNow();
            }
        }

        private ExecutionResult runWithLoader() {
            DataLoader<String, String> loader =
                    DataLoaderFactory.newDataLoader(keys -> CompletableFuture.completedFuture(
                            keys.stream().map(key -> "loaded " + key).toList()));
            catalogue.mutation("set", environment -> {
                DataLoader<String, String> found = environment.getDataLoader("names");
                return found.load("QQ");
            });
            return engine().executeAsync(ExecutionInput.newExecutionInput(ONE)
                            .dataLoaderRegistry(new DataLoaderRegistry().register("names", loader))
                            .build())
                    .orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
                    .join();
        }
    }

    @Nested
    class Subscriptions {

        @Test
        void stream_isPassedOnWhole() {
            ExecutionResult result = subscribe(environment -> {
                StoredFile file = environment.getArgument("first");
                return FlowAdapters.toPublisher(publisher(subscriber -> {
                    subscriber.onNext("one of " + file.byteSize());
                    subscriber.onNext("two");
                    subscriber.onComplete();
                }));
            });

            org.reactivestreams.Publisher<ExecutionResult> events = result.getData();
            List<Object> received = new java.util.ArrayList<>();
            events.subscribe(new org.reactivestreams.Subscriber<>() {
                @Override
                public void onSubscribe(org.reactivestreams.Subscription subscription) {
                    subscription.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(ExecutionResult event) {
                    received.add(event.getData());
                }

                @Override
                public void onError(Throwable failure) {
                    received.add(failure);
                }

                @Override
                public void onComplete() {
                    received.add("end");
                }
            });

            assertThat(received).containsExactly(Map.of("set", "one of 1"), Map.of("set", "two"), "end");
            assertStored(1);
        }

        @Test
        void fetcher_fails() {
            ExecutionResult result = subscribe(environment -> {
                throw new IllegalStateException("no");
            });

            assertThat(result.getErrors()).hasSize(1);
            assertStored(0);
        }

        private ExecutionResult subscribe(DataFetcher<?> fetcher) {
            catalogue.subscription("set", fetcher);
            return engine().execute("subscription { set(first: {base64: \"QQ==\"}) }");
        }
    }

    private ExecutionResult run(DataFetcher<?> fetcher) {
        return execute(ONE, fetcher);
    }

    private ExecutionResult execute(String document, DataFetcher<?> fetcher) {
        catalogue.mutation("set", fetcher);
        return engine().execute(document);
    }

    /** Returns once the data fetcher has been called. */
    private CompletableFuture<ExecutionResult> start(DataFetcher<? extends CompletionStage<?>> fetcher) {
        CompletableFuture<Object> called = new CompletableFuture<>();
        catalogue.mutation("set", environment -> {
            Object stage = call(fetcher, environment);
            called.complete(stage);
            return stage;
        });
        CompletableFuture<ExecutionResult> result =
                engine().executeAsync(ExecutionInput.newExecutionInput(ONE).build());
        called.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
        return result;
    }

    private static Object call(DataFetcher<?> fetcher, DataFetchingEnvironment environment) {
        try {
            return fetcher.get(environment);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private GraphQL engine() {
        DataFetcherExceptionHandler handler = parameters -> {
            handled.set(parameters.getException());
            return CompletableFuture.completedFuture(DataFetcherExceptionHandlerResult.newResult(
                            GraphqlErrorBuilder.newError().message("internal").build())
                    .build());
        };
        return GraphQL.newGraphQL(catalogue.schema())
                .defaultDataFetcherExceptionHandler(handler)
                .build();
    }

    private void assertStored(int count) {
        assertThat(catalogue.store.keys()).hasSize(count);
        assertThat(faulty.openStreams()).isZero();
    }

    private static DataFetcherResult<Object> withError(Object data) {
        return DataFetcherResult.newResult()
                .data(data)
                .error(GraphqlErrorBuilder.newError().message("refused").build())
                .build();
    }

    private static Consumer<Flow.Subscriber<? super String>> emitting(String value) {
        return subscriber -> {
            subscriber.onNext(value);
            subscriber.onComplete();
        };
    }

    /** Emits when it is first asked for something, and nothing once it is cancelled. */
    private static Flow.Publisher<String> publisher(Consumer<Flow.Subscriber<? super String>> emission) {
        return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            private boolean emitted;

            @Override
            public void request(long n) {
                if (!emitted) {
                    emitted = true;
                    emission.accept(subscriber);
                }
            }

            @Override
            public void cancel() {}
        });
    }
}
