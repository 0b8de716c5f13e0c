package io.graphqlfiles.spring.docs;

import io.graphqlfiles.FileAuthorizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;

@Configuration(proxyBeanMethods = false)
class FilesConfiguration {

    // tag::authorizer
    @Bean
    FileAuthorizer fileAuthorizer() {
        return access -> SecurityContextHolder.getContext().getAuthentication() != null;
    }
    // end::authorizer
}
