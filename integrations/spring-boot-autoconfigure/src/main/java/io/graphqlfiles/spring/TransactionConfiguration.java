package io.graphqlfiles.spring;

import io.graphqlfiles.UnitOfWork;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Transactions of an application that attaches no files: files that a mutation no longer needs are deleted after the
 * commit of the transaction around it, if there is one.
 */
@Configuration(proxyBeanMethods = false)
class TransactionConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(PlatformTransactionManager.class)
    UnitOfWork graphQLFilesTransactions(PlatformTransactionManager manager) {
        return new SpringUnitOfWork(manager);
    }
}
