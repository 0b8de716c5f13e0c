package io.graphqlfiles.spring;

import io.graphqlfiles.GraphQLFiles;
import io.graphqlfiles.servlet.FileServlet;
import io.graphqlfiles.servlet.GraphQLUploadFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** How HTTP reaches the library: multipart requests, the file endpoint, and the facts of each request. */
@Configuration(proxyBeanMethods = false)
class ServletConfiguration {

    /**
     * After the filters that tell the encoding and the forwarded host, and before everything that might ask for a
     * parameter: the container would then parse the whole body. That includes Spring Security, whose CSRF filter does
     * ask. A request that it refuses has had its operations and map read, within their limits, but no byte of a file.
     */
    static final int UPLOAD_FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    @Bean
    FilterRegistrationBean<GraphQLUploadFilter> graphQLUploadFilter(
            GraphQLFiles files, GraphQlProperties graphQl, ObjectProvider<DispatcherServletPath> dispatcherServlet) {
        FilterRegistrationBean<GraphQLUploadFilter> registration =
                new FilterRegistrationBean<>(new GraphQLUploadFilter(files));
        String path = graphQl.getHttp().getPath();
        DispatcherServletPath servlet = dispatcherServlet.getIfAvailable();
        registration.addUrlPatterns(servlet == null ? path : servlet.getRelativePath(path));
        registration.setOrder(UPLOAD_FILTER_ORDER);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        return registration;
    }

    @Bean
    ServletRegistrationBean<FileServlet> graphQLFileServlet(GraphQLFiles files) {
        return new ServletRegistrationBean<>(new FileServlet(files), files.basePath() + "/*");
    }

    @Bean
    FileRequestInterceptor graphQLFilesRequestInterceptor(ServletContext servletContext) {
        return new FileRequestInterceptor(servletContext);
    }
}
