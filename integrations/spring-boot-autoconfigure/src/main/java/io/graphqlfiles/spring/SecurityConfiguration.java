package io.graphqlfiles.spring;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Spring Security's rules on methods, asked before files are read. Not on WebFlux: they may block, and fields are
 * executed there in threads that must not.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "graphql.files.early-rules", matchIfMissing = true)
class SecurityConfiguration {

    @Bean
    FieldGuard graphQLFilesMethodSecurity(ControllerMethods methods, BeanFactory beans) {
        return new MethodSecurity(methods, beans);
    }
}
