package io.graphqlfiles.spring;

import graphql.GraphQL;
import io.graphqlfiles.GraphQLFiles;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration;
import org.springframework.boot.graphql.autoconfigure.servlet.GraphQlWebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.server.webmvc.GraphQlHttpHandler;

/**
 * Makes {@code @file} work in an application that uses Spring for GraphQL on Spring MVC. Backs off where there is no
 * GraphQL schema or no servlet container; every bean gives way to one of the application's own.
 */
@AutoConfiguration(after = {GraphQlAutoConfiguration.class, GraphQlWebMvcAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({GraphQL.class, GraphQLFiles.class, GraphQlHttpHandler.class, DispatcherServletPath.class})
@ConditionalOnBean(ExecutionGraphQlService.class)
@EnableConfigurationProperties(GraphQLFilesProperties.class)
@Import({StoreConfiguration.class, FilesConfiguration.class, ServletConfiguration.class})
public final class GraphQLFilesAutoConfiguration {}
