package io.graphqlfiles.spring.docs;

import io.graphqlfiles.FileAccess;
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
        // READ is of urlForFile: whoever knows the id of a file. Permit it only to those who may read that file.
        return access -> access.action() != FileAccess.Action.READ
                && users.isAuthenticated(SecurityContextHolder.getContext().getAuthentication());
    }
    // end::authorizer
}
