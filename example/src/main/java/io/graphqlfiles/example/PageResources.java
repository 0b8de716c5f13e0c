package io.graphqlfiles.example;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * Lets browsers keep what the page is made of, and ask each time whether it has changed. By their content: the times of
 * files in a jar are those of the build's choice. Weak, because a compressed answer has other bytes.
 */
@Configuration(proxyBeanMethods = false)
class PageResources {

    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> pageEtags() {
        ShallowEtagHeaderFilter filter = new ShallowEtagHeaderFilter();
        filter.setWriteWeakETag(true);
        FilterRegistrationBean<ShallowEtagHeaderFilter> registration = new FilterRegistrationBean<>(filter);
        // Not for GraphQL and files: the filter holds an answer in memory.
        registration.addUrlPatterns("/index.html", "/icon.svg", "/css/*", "/js/*", "/upload/*");
        // The page itself is reached by a forward from "/", after which the response takes nothing more.
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.FORWARD);
        return registration;
    }
}
