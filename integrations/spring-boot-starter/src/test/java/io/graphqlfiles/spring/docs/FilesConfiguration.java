package io.graphqlfiles.spring.docs;

import io.graphqlfiles.FileAuthorizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.context.SecurityContextHolder;

@Configuration(proxyBeanMethods = false)
class FilesConfiguration {

    // tag::authorizer
    @Bean
    FileAuthorizer fileAuthorizer() {
        AuthenticationTrustResolver users = new AuthenticationTrustResolverImpl();
        return access ->
                users.isAuthenticated(SecurityContextHolder.getContext().getAuthentication());
    }
    // end::authorizer
}
