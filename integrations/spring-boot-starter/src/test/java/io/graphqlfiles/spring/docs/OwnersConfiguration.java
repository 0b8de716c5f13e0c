package io.graphqlfiles.spring.docs;

import io.graphqlfiles.FileAuthorizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

@Configuration(proxyBeanMethods = false)
class OwnersConfiguration {

    /** The application's own. */
    interface Shops {
        boolean isOwner(String shop, String user);
    }

    // tag::authorizer
    @Bean
    FileAuthorizer fileAuthorizer(Shops shops) {
        return access -> {
            Authentication user = SecurityContextHolder.getContext().getAuthentication();
            String shop = access.environment().getArgument("shop");
            return shop != null && shops.isOwner(shop, user.getName());
        };
    }
    // end::authorizer
}
