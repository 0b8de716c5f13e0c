package io.graphqlfiles.spring;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.servlet.FileServlet;
import io.graphqlfiles.servlet.GraphQLUploadFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * How HTTP reaches the library in a servlet container: multipart requests, the file endpoint, facts of each request.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class ServletConfiguration {

    /**
     * After the filters that set the encoding and the forwarded host, and before everything that might ask for a
     * parameter: the container would then parse the whole body. That includes Spring Security, whose CSRF filter does
     * ask. A request that it refuses has had its operations and map read, within their limits, but no byte of a file.
     */
    static final int UPLOAD_FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    @Bean
    @ConditionalOnMissingBean(value = GraphQLUploadFilter.class, parameterizedContainer = FilterRegistrationBean.class)
    FilterRegistrationBean<GraphQLUploadFilter> graphQLUploadFilter(
            GraphQLFiles files,
            @Value(GraphQLFilesProperties.GRAPHQL_PATH) String path,
            ObjectProvider<ServletRegistrationBean<DispatcherServlet>> dispatcherServlet) {
        FilterRegistrationBean<GraphQLUploadFilter> registration =
                new FilterRegistrationBean<>(new GraphQLUploadFilter(files));
        registration.addUrlPatterns(pathOf(dispatcherServlet.getIfAvailable()) + path);
        registration.setOrder(UPLOAD_FILTER_ORDER);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        return registration;
    }

    /** Where Spring MVC is mapped, such as {@code /app} for {@code /app/*}; empty for everything. */
    private static String pathOf(@Nullable ServletRegistrationBean<DispatcherServlet> dispatcherServlet) {
        if (dispatcherServlet == null) {
            return "";
        }
        String mapping = dispatcherServlet.getUrlMappings().iterator().next();
        return mapping.replaceFirst("/\\*?$", "");
    }

    @Bean
    FilterRegistrationBean<FilePathFilter> graphQLFilePathFilter(GraphQLFiles files) {
        FilterRegistrationBean<FilePathFilter> registration =
                new FilterRegistrationBean<>(new FilePathFilter(files.server().basePath()));
        registration.addUrlPatterns(files.server().basePath() + "/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    @ConditionalOnMissingBean(value = FileServlet.class, parameterizedContainer = ServletRegistrationBean.class)
    ServletRegistrationBean<FileServlet> graphQLFileServlet(GraphQLFiles files) {
        return new ServletRegistrationBean<>(
                new FileServlet(files), files.server().basePath() + "/*");
    }

    @Bean
    FileRequestInterceptor graphQLFilesRequestInterceptor(ServletContext servletContext) {
        return new FileRequestInterceptor(servletContext::getContextPath, request -> ServletRequestFacts.current());
    }
}
