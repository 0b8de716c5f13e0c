package io.graphqlfiles.spring;

import graphql.GraphQL;
import io.graphqlfiles.engine.GraphQLFiles;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.ExecutionGraphQlService;

/**
 * Makes {@code @file} work in an application that uses Spring for GraphQL or Netflix DGS, on Spring MVC, on WebFlux or
 * without a web server: then nothing takes multipart requests or serves files, and all else is the same. Backs off
 * where there is no GraphQL schema; every bean of a public type gives way to one of the application's own. Serves
 * Spring Boot 3.5 and 4: what Boot 4 has moved to another package is referred to by name, or in a configuration of its
 * own.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration",
            "org.springframework.boot.graphql.autoconfigure.servlet.GraphQlWebMvcAutoConfiguration",
            "org.springframework.boot.graphql.autoconfigure.reactive.GraphQlWebFluxAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration",
            "org.springframework.boot.autoconfigure.graphql.GraphQlAutoConfiguration",
            "org.springframework.boot.autoconfigure.graphql.reactive.GraphQlWebFluxAutoConfiguration",
            "org.springframework.boot.autoconfigure.graphql.servlet.GraphQlWebMvcAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({GraphQL.class, GraphQLFiles.class, ExecutionGraphQlService.class})
@ConditionalOnBean(ExecutionGraphQlService.class)
@EnableConfigurationProperties(GraphQLFilesProperties.class)
@Import(FilesImports.class)
public final class GraphQLFilesAutoConfiguration {}
