package io.graphqlfiles.spring.test;

import jakarta.servlet.Filter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.mock.web.MockMultipartHttpServletRequest;

/** Lets GraphQL multipart requests be sent through MockMvc. Requests over a connection pass untouched. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Filter.class, MockMultipartHttpServletRequest.class})
public final class MockMvcTestAutoConfiguration {

    @Bean
    FilterRegistrationBean<MockMultipartFilter> graphQLFilesMockMultipartFilter() {
        FilterRegistrationBean<MockMultipartFilter> registration =
                new FilterRegistrationBean<>(new MockMultipartFilter());
        // Before whatever reads the body.
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
