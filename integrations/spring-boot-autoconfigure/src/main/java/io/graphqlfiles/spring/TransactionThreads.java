package io.graphqlfiles.spring;

import java.util.concurrent.Executor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.graphql.data.method.annotation.support.AnnotatedControllerConfigurer;
import org.springframework.scheduling.SchedulingTaskExecutor;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps controller methods in the thread whose transactions are theirs. Where virtual threads are switched on, Spring
 * for GraphQL calls each in a thread of its own, which would be in no transaction: the record would be committed before
 * its files.
 */
final class TransactionThreads implements BeanPostProcessor {

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof AnnotatedControllerConfigurer controllers) {
            Executor executor = controllers.getExecutor();
            // For those that prefer short tasks it calls methods in the same thread: they stay recognizable.
            boolean isUsed = executor != null
                    && !(executor instanceof SchedulingTaskExecutor scheduling && scheduling.prefersShortLivedTasks());
            if (isUsed) {
                controllers.setExecutor(task -> execute(task, executor));
            }
        }
        return bean;
    }

    private static void execute(Runnable task, Executor executor) {
        if (TransactionSynchronizationManager.isActualTransactionActive() || CommitDeferral.isInMutation()) {
            task.run();
        } else {
            executor.execute(task);
        }
    }
}
